"""References of a text by name: a fact, a law, a day of an election, another text.

    {{feit: naam-max-tekens}}   {{wet: Kieswet G 3 lid 4}}   {{dag: registratie}}
    {{stembureau: PV22}}   {{kieskringen: PV25}}
    [tekst](artikel:statuten-opstellen)

Apps above register the kinds of text that they have: `register_pages("artikel", ArticlePage)` for
pages, `register("begrip", terms_by_slug)` for the rest.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import get_text_list
from django.utils.timezone import localdate

from kennispunt.elections import calendar
from kennispunt.elections.bureaus import bureaus
from kennispunt.facts import api as facts
from kennispunt.facts import showing
from kennispunt.facts.laws import UnknownLaw, parse
from kennispunt.pagecache.memory import remembered
from kennispunt.pages.models import BasePage

REFERENCE = re.compile(r"\{\{\s*(?P<kind>[a-z]+)\s*:\s*(?P<what>[^{}]+?)\s*\}\}")
LINK = re.compile(r"\]\((?P<target>(?!https?:|mailto:|tel:)[a-z]+:[^)\s]*)\)")
OFFSET = re.compile(r"(?P<sign>[+-])(?P<count>\d+) (?P<unit>dagen|weken|maanden)")
UNITS = {"dagen": "days", "weken": "weeks", "maanden": "months"}


class UnknownReference(LookupError):
    """A name that nothing has. The message is Dutch, for the writer of the text."""


class Target(NamedTuple):
    """The place to which a link between texts leads."""

    title: str
    address: str


_kinds: dict[str, Callable[[], dict[str, Target]]] = {}
_page_kinds: dict[str, type[BasePage]] = {}


def register(kind: str, by_slug: Callable[[], dict[str, Target]]) -> None:
    """Let texts link to this kind: by_slug gives every text that a visitor can open."""
    _kinds[kind] = by_slug


def register_pages(kind: str, model: type[BasePage]) -> None:
    """The same for a kind of pages. All of these together are one query."""
    _page_kinds[kind] = model


def page_targets() -> dict[str, dict[str, Target]]:
    """Every page that a text may link to, by kind and slug, in the order of the tree."""
    types = ContentType.objects.get_for_models(*_page_kinds.values())
    kinds = {types[model].pk: kind for kind, model in _page_kinds.items()}
    pages = BasePage.objects.live().filter(content_type__in=kinds).order_by("path")
    found: dict[str, dict[str, Target]] = {kind: {} for kind in _page_kinds}
    for page in pages.only("title", "slug", "url_path", "content_type"):
        found[kinds[page.content_type_id]][page.slug] = Target(page.title, page.url)
    return found


@cache
def planned() -> frozenset[str]:
    """Every kind:slug of inhoud/plan.toml: what we mean to write."""
    plan = tomllib.loads((settings.BASE_DIR / "inhoud" / "plan.toml").read_text("utf-8"))
    return frozenset(f"{kind}:{slug}" for kind, slugs in plan.items() for slug in slugs)


class DayAsked(NamedTuple):
    """`registratie gr -3 maanden` taken apart."""

    name: str
    kinds: tuple[str, ...]
    offset: relativedelta


def parse_day(text: str, kinds: Iterable[str]) -> DayAsked:
    """Return what a day reference asks; the elections are those of the text unless it names one."""
    if match := OFFSET.search(text):
        count = int(match["sign"] + match["count"])
        offset, text = relativedelta(**{UNITS[match["unit"]]: count}), text[: match.start()]
    else:
        offset = relativedelta()
    name, *named = text.split() or [""]
    return DayAsked(name, tuple(named) or tuple(kinds), offset)


class References:
    """Looks names up for one page, on one day. Each kind of thing is one query, when first asked.

    Every method raises UnknownReference for what is not there.
    """

    def __init__(self, today: date | None = None):
        self.today = today or localdate()
        self._targets: dict[str, dict[str, Target]] = {}

    @cached_property
    def facts(self):
        return remembered(("facts", self.today), lambda: facts.book(self.today))

    @cached_property
    def laws(self):
        return remembered("laws", facts.law_book)

    def fact(self, name: str):
        if name not in self.facts:
            raise UnknownReference(f"Er is geen feit “{name}”.")
        return self.facts[name]

    def law(self, text: str):
        try:
            return parse(text, self.laws)
        except UnknownLaw as problem:
            raise UnknownReference(str(problem)) from problem

    def days(self, text: str, kinds: Iterable[str] = ()) -> list[tuple[date, list]]:
        """The dates that a day reference stands for, each with its elections, in order."""
        asked = parse_day(text, kinds)
        if not asked.kinds:
            raise UnknownReference(f"“{text}”: de tekst zegt niet voor welke verkiezingen.")
        found: dict[date, list] = {}
        for kind in asked.kinds:
            try:
                election = calendar.next_election(kind, self.today)
                if election:
                    day = election.day(asked.name).date + asked.offset
                    found.setdefault(day, []).append(election)
            except KeyError:
                raise UnknownReference(f"Er is geen dag “{asked.name}” ({kind}).") from None
            except calendar.NoElection as problem:
                raise UnknownReference(str(problem)) from problem
        return sorted(found.items(), key=lambda pair: pair[0])

    def targets(self, kind: str) -> dict[str, Target]:
        """Every text of this kind that a visitor can open, by slug."""
        if kind in _page_kinds and kind not in self._targets:
            self._targets |= remembered("page targets", page_targets)
        if kind not in self._targets:
            make = _kinds.get(kind, dict)
            self._targets[kind] = remembered(("targets", kind), make)
        return self._targets[kind]

    def link(self, target: str) -> Target | None:
        """Return where kind:slug leads; None for what is planned but not there yet."""
        kind, _, slug = target.partition(":")
        if found := self.targets(kind).get(slug):
            return found
        if target in planned():
            return None
        raise UnknownReference(f"Er is geen tekst “{target}” en er staat er geen in het plan.")

    def links(self, targets: Iterable[str]) -> list[Target]:
        """Return those of these kind:slug that a visitor can open now."""
        found = []
        for target in targets:
            try:
                found.append(self.link(target))
            except UnknownReference:
                continue  # an editor removed the other text; this one stays readable
        return [target for target in found if target]

    # --- As a reader sees it ---------------------------------------------------------------------

    def show_fact(self, text: str, *, at: str = "", said: set[str] | None = None) -> SafeString:
        """The value with its unit, linked to law and source; bare in `naam getal`.

        Given `at`, the source opens on the spot: see facts.showing.opening.
        """
        name, _, form = text.partition(" ")
        fact = self.fact(name)
        if form not in ("", "getal"):
            raise UnknownReference(f"“{text}”: na een feit kan alleen “getal” staan.")
        if form:
            return format_html("{}", fact.bare)
        if not at:
            return showing.linked(fact)
        return showing.opening(fact, self.laws, at=at, said=set() if said is None else said)

    def show_law(self, text: str) -> SafeString:
        return self.law(text).link

    def show_day(self, text: str, kinds: Iterable[str]) -> SafeString:
        """The date, or for elections on different dates each with its elections behind it."""
        days = self.days(text, kinds)
        if not days:
            return mark_safe("een dag die nog niet bekend is")
        several = len(days) > 1
        return format_html_join(" en ", "{}", ((one_day(*one, several),) for one in days))

    def bureau(self, code: str):
        """The electoral bureau of an area, by its code: PV22, W0646, O9001."""
        if code not in bureaus():
            raise UnknownReference(f"Van “{code}” kennen we geen centraal stembureau.")
        return bureaus()[code]

    def show_kieskringen(self, code: str) -> SafeString:
        """The names of the kieskringen of a province, or that it is one."""
        names = [ring.name for ring in self.bureau(code).kieskringen]
        return format_html("{}", get_text_list(names, "en") if names else "één kieskring")


def one_day(day, elections, several):
    names = f" ({', '.join(one.kind.name.lower() for one in elections)})" if several else ""
    written = format_html(
        '<time class="nobreak" datetime="{}">{}</time>',
        day.isoformat(),
        date_format(day, "l j F Y"),
    )
    if not any(one.confirmed for one in elections):
        # As quiet as the source of a fact: the date itself leads to how we know it.
        written = format_html(
            '<a class="fact" href="{}#berekend">{}'
            '<span class="visually-hidden"> (berekend)</span></a>',
            reverse("elections:overview"),
            written,
        )
    return format_html("{}{}", written, names)


class Problem(NamedTuple):
    """Something wrong in a text, on a line that counts from 1."""

    line: int
    message: str


def problems(
    text: str,
    references: References,
    kinds: Iterable[str] = (),
    coming: frozenset[str] = frozenset(),
) -> Iterator[Problem]:
    """Every name in the text that nothing has. `coming` are kind:slug that will be there."""
    for number, line in enumerate(text.splitlines(), 1):
        try:
            check_line(line, references, kinds, coming)
        except UnknownReference as problem:
            yield Problem(number, str(problem))


def check_line(line, references, kinds, coming):
    for match in REFERENCE.finditer(line):
        show(match["kind"], match["what"], references, kinds)
    if "{{" in REFERENCE.sub("", line):
        raise UnknownReference("Hier staat een verwijzing die niet af is: {{")
    for match in LINK.finditer(line):
        if match["target"] not in coming:
            references.link(match["target"])


def show(
    kind: str,
    what: str,
    references: References,
    kinds: Iterable[str],
    *,
    at: str = "",
    said: set[str] | None = None,
) -> SafeString:
    """The HTML of one {{kind: what}}. Given `at`, a fact opens its source on the spot."""
    match kind:
        case "feit":
            return references.show_fact(what, at=at, said=said)
        case "wet":
            return references.show_law(what)
        case "dag":
            return references.show_day(what, kinds)
        case "stembureau":
            return references.bureau(what).line
        case "kieskringen":
            return references.show_kieskringen(what)
    raise UnknownReference(
        f"“{kind}” kennen we niet: het is feit, wet, dag, stembureau of kieskringen."
    )


def shows_fact(text: str, name: str) -> bool:
    """Whether a text refers to this fact by name."""
    asked = (match for match in REFERENCE.finditer(text) if match["kind"] == "feit")
    return any(match["what"].split()[0] == name for match in asked)


def not_there_yet(text: str, references: References, coming: frozenset[str]) -> list[str]:
    """The links of a text that the plan promises but that lead nowhere yet."""
    targets = dict.fromkeys(match["target"] for match in LINK.finditer(text))
    return [one for one in targets if one not in coming and references.link(one) is None]
