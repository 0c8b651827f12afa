"""Texts as files: reading and checking one, and taking it in unless an editor changed it.

A file is Markdown below a TOML heading between lines of +++. Its fields are Dutch, because editors
see them; docs/handboek/teksten.md holds the form. A mistake is a ValidationError that names file,
line and field.
"""

import hashlib
import json
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder

from kennispunt.pages import versions
from kennispunt.pages.forms import ELECTIONS, PHASES, ROLES
from kennispunt.pages.references import References, UnknownReference, not_there_yet, problems

# What every file says, by the names of our models.
PAGE_FIELDS = {
    "titel": "title",
    "slug": "slug",
    "samenvatting": "summary",
    "gecontroleerd_op": "checked_on",
    "controleer_weer_op": "check_again_on",
}
SHAPES = {
    "bronnen": {"titel": "title", "adres": "address", "gelezen": "read_on"},
    "doen": {"tekst": "text", "naar": "target"},
}
BLOCKS = {"sources": "source", "tasks": "task"}
KNOWN_WORDS = {"rollen": dict(ROLES), "fase": dict(PHASES), "verkiezingen": dict(ELECTIONS)}
KINDS = {  # of the fields; those not named here are lists
    **dict.fromkeys(["gecontroleerd_op", "controleer_weer_op", "vervalt_op"], date),
    **dict.fromkeys(["titel", "slug", "samenvatting", "soort", "onderwerp"], str),
    **dict.fromkeys(["adres", "kosten", "betaalt", "vorm", "thema", "telefoon"], str),
    **dict.fromkeys(["spoed", "betaald"], bool),
    "volgorde": int,
}
MAY_BE_EMPTY = {"betaalt"}
OPTIONAL = {"ook_onder", "zoekwoorden", "open_punten", "vervalt_op", "betaald", "telefoon"}
LATER = {"search_words", "phone"}


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


# --- Reading and checking ------------------------------------------------------------------------


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
        if not isinstance(value, KINDS.get(name, list)) or (
            value == "" and name not in MAY_BE_EMPTY
        ):
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
        for law in source.front.get("wetten", ()):
            references.law(law)
    except UnknownReference as problem:
        raise ValidationError(f"{source.place(name)}: {problem}") from problem
    report.planned += [f"{source.name}: {one}" for one in dict.fromkeys(missing)]


# --- Taking in -----------------------------------------------------------------------------------


def values_of(source: Source, fields: dict) -> dict:
    """Return the values in a file by the names of our models."""
    values = {"body": source.body.strip()}
    for name, ours in fields.items():
        value = source.front.get(name, [] if KINDS.get(name, list) is list else None)
        if shape := SHAPES.get(name):
            value = [{shape[key]: part for key, part in row.items()} for row in value]
        values[ours] = value
    return values


def state_of(thing, names) -> dict:
    """The same, read back from a page or a row."""
    state = {name: getattr(thing, name) for name in names}
    for name in BLOCKS.keys() & state.keys():
        state[name] = [dict(block.value) for block in state[name]]
    return state


def fingerprint(values: dict) -> str:
    """A field that came LATER and is empty is as if it were not there: the fingerprints of before
    stay good, and no text looks as if an editor had changed it."""
    values = {name: value for name, value in values.items() if value or name not in LATER}
    plain = json.dumps(values, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(plain.encode()).hexdigest()


def fill(page, values):
    for name, value in values.items():
        block = BLOCKS.get(name)
        setattr(page, name, [(block, row) for row in value] if block else value)


def take_in(model, origin: str, values: dict, parent, report: Report, name: str = ""):
    """Make or renew the page of a file, unless an editor changed it. Returns the page."""
    wanted = fingerprint(values)
    page = model.objects.filter(origin=origin).first()
    if page is None:
        page = model(origin=origin, loaded=wanted)
        fill(page, values)
        parent.add_child(instance=page)
        report.new += 1
    else:
        latest = page.get_latest_revision_as_object() if page.latest_revision_id else page
        if fingerprint(state_of(latest, values)) != page.loaded:
            report.kept += [] if page.loaded == wanted else [name or origin]
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
    versions.note(page, revision)
    if not page.first_published_at or page.live:  # what an editor took offline stays so
        revision.publish()
    return page


def take_in_rows(model, kind: str, rows: dict[str, dict], report: Report) -> None:
    """The same for what is no page. Rows: the values of each, by its slug.

    A row that somebody made here by hand keeps its slug: ours stays out.
    """
    there = {row.origin: row for row in model.objects.exclude(origin=None)}
    by_hand = set(model.objects.filter(origin=None).values_list("slug", flat=True))
    for slug, values in rows.items():
        origin = f"{kind}:{slug}"
        wanted, old = fingerprint(values), there.get(origin)
        if old is None and slug in by_hand:
            report.kept.append(origin)
        elif old is None:
            model(origin=origin, loaded=wanted, slug=slug, **values).save()
            report.new += 1
        elif old.loaded == wanted:
            report.same += 1
        elif fingerprint(state_of(old, values)) != old.loaded:
            report.kept.append(origin)
        else:
            fill(old, values | {"loaded": wanted})
            old.save()
            report.renewed += 1
