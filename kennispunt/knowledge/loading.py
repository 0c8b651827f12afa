"""Take the texts of inhoud/ into the site, and leave alone what editors changed.

    inhoud/onderwerpen/<slug>.md   inhoud/artikelen/<slug>.md   inhoud/begrippen.toml

All or nothing: a mistake is a ValidationError that names file, line and field.
"""

import hashlib
import json
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from wagtail.models import Site

from kennispunt.accounts.groups import let_staff
from kennispunt.knowledge.forms import ELECTIONS, PHASES, ROLES
from kennispunt.knowledge.models import ArticlePage, Term, TopicIndexPage, TopicPage
from kennispunt.knowledge.references import (
    References,
    UnknownReference,
    not_there_yet,
    problems,
)
from kennispunt.pages.models import BasePage

CONTENT = settings.BASE_DIR / "inhoud"
PAGE_FIELDS = {
    "titel": "title",
    "slug": "slug",
    "samenvatting": "summary",
    "gecontroleerd_op": "checked_on",
    "controleer_weer_op": "check_again_on",
    "wetten": "laws",
}
ARTICLE_FIELDS = PAGE_FIELDS | {
    "rollen": "roles",
    "fase": "phases",
    "verkiezingen": "elections",
    "verwante": "related",
    "open_punten": "open_points",
    "bronnen": "sources",
    "ook_onder": "also_under",
}
TOPIC_FIELDS = PAGE_FIELDS | {"doen": "tasks"}
SHAPES = {"bronnen": {"titel": "title", "adres": "address", "gelezen": "read_on"}}
SHAPES["doen"] = {"tekst": "text", "naar": "target"}
TERM_FIELDS = {
    "term": "term",
    "afkorting": "abbreviation",
    "synoniemen": "synonyms",
    "betekenis": "meaning",
    "wet": "law",
    "bron": "source",
    "gecontroleerd_op": "checked_on",
    "zie": "see",
}
KNOWN_WORDS = {"rollen": dict(ROLES), "fase": dict(PHASES), "verkiezingen": dict(ELECTIONS)}
DATES = {"gecontroleerd_op", "controleer_weer_op"}
TEXTS = {"titel", "slug", "samenvatting", "soort", "onderwerp"}
OPTIONAL = {"ook_onder", "open_punten"}


@dataclass
class Source:
    """One file: its front matter, its body and where to point when something is wrong."""

    name: str
    text: str
    front: dict
    body: str
    body_line: int  # the line of the file on which the body begins

    def place(self, name: str) -> str:
        for number, line in enumerate(self.text.splitlines(), 1):
            if re.match(rf"(\[\[)?{re.escape(name)}\b", line):
                return f"{self.name}, regel {number}, {name}"
        return f"{self.name}, regel 1, {name}"

    @property
    def key(self) -> str:
        return f"{self.front['soort']}:{self.front['slug']}"


@dataclass
class Report:
    new: int = 0
    renewed: int = 0
    same: int = 0
    kept: list[str] = field(default_factory=list)
    planned: list[str] = field(default_factory=list)


# --- The tree ------------------------------------------------------------------------------------


def tree() -> TopicIndexPage:
    """The site at its address, with a root page and /onderwerpen/. Makes what is missing."""
    if index := TopicIndexPage.objects.first():
        return index
    root = BasePage.get_first_root_node()
    home = root.get_children().first() or root.add_child(
        instance=BasePage(title="Kennispunt", slug="kennispunt")
    )
    if home.title.startswith("Welcome"):  # Wagtail's own first page
        home.title = home.draft_title = "Kennispunt"
        home.save()
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname,
            "port": port,
            "site_name": "Kennispunt",
            "root_page": home,
        },
    )
    summary = "Van het eerste idee tot na de verkiezingen: waar wil je meer over weten?"
    return home.add_child(
        instance=TopicIndexPage(title="Onderwerpen", slug="onderwerpen", summary=summary)
    )


# --- Reading and checking files ------------------------------------------------------------------


def read(path: Path) -> Source:
    text = path.read_text("utf-8")
    name = str(path.relative_to(path.parent.parent))
    parts = re.split(r"^\+\+\+\n", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0]:
        raise ValidationError(f"{name}, regel 1: de kop tussen +++ en +++ ontbreekt")
    try:
        front = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as problem:
        raise ValidationError(f"{name}, kop: {problem}") from problem
    return Source(name, text, front, parts[2], text[: -len(parts[2])].count("\n") + 1)


def check_form(source: Source, fields: dict, more: set) -> None:
    """Every field is there, known, and of the right kind."""
    needed = (set(fields) | more) - OPTIONAL
    for name in sorted(needed - set(source.front)):
        raise ValidationError(f"{source.name}, regel 1: het veld {name} ontbreekt")
    for name, value in source.front.items():
        place = source.place(name)
        if name not in needed | OPTIONAL:
            raise ValidationError(f"{place}: dit veld kennen we niet")
        kind = (
            date if name in DATES else str if name in TEXTS else int if name == "volgorde" else list
        )
        if not isinstance(value, kind) or value == "":
            raise ValidationError(f"{place}: heeft de verkeerde vorm of is leeg")
        for row in value if name in SHAPES else []:
            if set(row) != set(SHAPES[name]):
                raise ValidationError(f"{place}: heeft precies {', '.join(SHAPES[name])}")
        for word in value if name in KNOWN_WORDS else []:
            if word not in KNOWN_WORDS[name]:
                raise ValidationError(f"{place}: “{word}” kennen we niet")


def check_names(source: Source, references: References, coming: frozenset, report: Report) -> None:
    """Every name in the file is known; what is only planned goes in the report."""
    kinds = source.front.get("verkiezingen", ())
    for problem in problems(source.body, references, kinds, coming):
        line = problem.line + source.body_line - 1
        raise ValidationError(f"{source.name}, regel {line}, tekst: {problem.message}")
    targets = {
        "verwante": source.front.get("verwante", ()),
        "artikelen": source.front.get("artikelen", ()),
        "modules": source.front.get("modules", ()),
        "documenten": source.front.get("documenten", ()),
        "doen": [row["naar"] for row in source.front.get("doen", ())],
        "ook_onder": [f"onderwerp:{slug}" for slug in source.front.get("ook_onder", ())],
    }
    missing = not_there_yet(source.body, references, coming)
    try:
        for name, values in targets.items():  # noqa: B007 - the name is for the message
            missing += [one for one in values if one not in coming and not references.link(one)]
        name = "wetten"
        for law in source.front["wetten"]:
            references.law(law)
    except UnknownReference as problem:
        raise ValidationError(f"{source.place(name)}: {problem}") from problem
    report.planned += [f"{source.name}: {one}" for one in dict.fromkeys(missing)]


# --- Taking in -----------------------------------------------------------------------------------


def values_of(source: Source, fields: dict) -> dict:
    """What a file says, by the names of our models."""
    values = {fields[name]: source.front.get(name, []) for name in fields} | {
        "body": source.body.strip()
    }
    for name, shape in SHAPES.items():
        if name in fields:
            rows = [{shape[key]: value for key, value in row.items()} for row in source.front[name]]
            values[fields[name]] = rows
    if source.front["soort"] == "onderwerp":
        values["related"] = [*source.front["modules"], *source.front["documenten"]]
    return values


def state_of(page, names) -> dict:
    """The same, read back from a page or term."""
    state = {}
    for name in names:
        value = getattr(page, name)
        if name in ("sources", "tasks"):
            value = [dict(block.value) for block in value]
        state[name] = value
    return state


def fingerprint(values: dict) -> str:
    plain = json.dumps(values, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(plain.encode()).hexdigest()


def fill(page, values):
    for name, value in values.items():
        block = {"sources": "source", "tasks": "task"}.get(name)
        setattr(page, name, [(block, row) for row in value] if block else value)


def take_in(model, source: Source, parent, fields: dict, report: Report):
    """Make or renew the page of a file, unless an editor changed it."""
    values = values_of(source, fields)
    wanted = fingerprint(values)
    page = model.objects.filter(origin=source.key).first()
    if page is None:
        page = model(origin=source.key, loaded=wanted)
        fill(page, values)
        parent.add_child(instance=page)
        report.new += 1
    else:
        latest = page.get_latest_revision_as_object() if page.latest_revision_id else page
        if fingerprint(state_of(latest, values)) != page.loaded:
            report.kept += [] if page.loaded == wanted else [source.name]
            report.same += page.loaded == wanted
            return page
        if page.loaded == wanted:
            report.same += 1
            return page
        fill(page, values)
        page.loaded = wanted
        page.save()
        report.renewed += 1
    revision = page.save_revision()
    if not page.first_published_at or page.live:  # what an editor took offline stays so
        revision.publish()
    return page


@transaction.atomic
def load_content(folder: Path = CONTENT) -> Report:
    """Load topics, articles and terms. Safe to repeat; the report says what happened."""
    report, references = Report(), References()
    topics = [read(path) for path in sorted((folder / "onderwerpen").glob("*.md"))]
    articles = [read(path) for path in sorted((folder / "artikelen").glob("*.md"))]
    for source in topics:
        check_form(
            source, TOPIC_FIELDS, {"soort", "volgorde", "artikelen", "modules", "documenten"}
        )
    for source in articles:
        check_form(source, ARTICLE_FIELDS, {"soort", "onderwerp"})
    terms = read_terms(folder / "begrippen.toml", references)
    coming = frozenset(
        [source.key for source in (*topics, *articles)] + [f"begrip:{slug}" for slug in terms]
    )
    for source in (*topics, *articles):
        check_names(source, references, coming, report)

    index = tree()
    order = {}
    for source in sorted(topics, key=lambda one: one.front["volgorde"]):
        index.refresh_from_db()
        page = take_in(TopicPage, source, index, TOPIC_FIELDS, report)
        order[source.front["slug"]] = (page, source.front["artikelen"])
    places = {key: number for _, keys in order.values() for number, key in enumerate(keys)}
    for source in sorted(articles, key=lambda one: places.get(one.key, len(places))):
        if source.front["onderwerp"] not in order:
            raise ValidationError(f"{source.place('onderwerp')}: dit onderwerp is er niet")
        topic = order[source.front["onderwerp"]][0]
        topic.refresh_from_db()
        take_in(ArticlePage, source, topic, ARTICLE_FIELDS, report)
    load_terms(terms, report)
    let_staff(Term, "add", "change")
    return report


# --- Terms ---------------------------------------------------------------------------------------


def read_terms(path: Path, references: References) -> dict[str, dict]:
    """The values of every term, by slug."""
    text = path.read_text("utf-8")
    try:
        rows = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise ValidationError(f"{path.name}: {problem}") from problem
    lines = text.splitlines()
    found = {}
    for slug, row in rows.items():
        place = f"{path.name}, regel {lines.index(f'[{slug}]') + 1}, {slug}"
        found[slug] = check_term(place, row, rows, references)
    return found


def load_terms(terms, report):
    there = {term.origin: term for term in Term.objects.all()}
    for slug, values in terms.items():
        origin = f"begrip:{slug}"
        wanted, old = fingerprint(values), there.get(origin)
        if old is None:
            Term(origin=origin, loaded=wanted, slug=slug, **values).save()
            report.new += 1
        elif old.loaded == wanted:
            report.same += 1
        elif fingerprint(state_of(old, values)) != old.loaded:
            report.kept.append(origin)
        else:
            Term.objects.filter(pk=old.pk).update(loaded=wanted, **values)
            report.renewed += 1


def check_term(place, row, terms, references):
    """The values of a term, or a ValidationError that says where it goes wrong."""
    for name in ("term", "betekenis", "gecontroleerd_op"):
        if not row.get(name):
            raise ValidationError(f"{place}: het veld {name} ontbreekt")
    if unknown := set(row) - set(TERM_FIELDS):
        raise ValidationError(f"{place}: dit veld kennen we niet: {', '.join(sorted(unknown))}")
    for problem in problems(row["betekenis"], references):
        raise ValidationError(f"{place}, betekenis: {problem.message}")
    try:
        for law in filter(None, row.get("wet", "").split("; ")):
            references.law(law)
    except UnknownReference as problem:
        raise ValidationError(f"{place}, wet: {problem}") from problem
    if unknown := set(row.get("zie", ())) - set(terms):
        raise ValidationError(f"{place}, zie: er is geen begrip {', '.join(sorted(unknown))}")
    lists = {"synoniemen", "zie"}
    empty = {name: [] if name in lists else "" for name in TERM_FIELDS}
    return {TERM_FIELDS[name]: row.get(name, empty[name]) for name in TERM_FIELDS}
