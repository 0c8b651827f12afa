"""Take the laws and facts of our files into the database, and leave alone what editors changed."""

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from kennispunt.accounts.groups import let_staff
from kennispunt.facts import searchable, usage, values
from kennispunt.facts.laws import UnknownLaw, parse
from kennispunt.facts.models import Fact, Law, next_check
from kennispunt.search import index

DATA = Path(__file__).resolve().parent / "data"
# Editors read these files, so their fields are Dutch.
FIELDS = {
    "wat": "what",
    "waarde": "value",
    "eenheid": "unit",
    "groep": "group",
    "wet": "law",
    "bron": "source",
    "gecontroleerd_op": "checked_on",
    "controleer_weer_op": "check_again_on",
    "zekerheid": "certainty",
    "voorbehoud": "reservation",
    "geldt_vanaf": "valid_from",
    "geldt_tot": "valid_to",
}
NEEDED = {"wat", "waarde", "eenheid", "zekerheid"}
DATES = {"gecontroleerd_op", "controleer_weer_op", "geldt_vanaf", "geldt_tot"}
CANONICAL = {singular: plural for plural, singular in values.SINGULAR.items()}


def files() -> list[Path]:
    """Our own facts, and those that came with the texts."""
    return [DATA / "feiten.toml", *sorted((settings.BASE_DIR / "inhoud").glob("feiten*.toml"))]


@transaction.atomic
def load_facts(paths: list[Path] | None = None) -> dict[str, int]:
    """Load laws and facts; how many are new, renewed, the same, and kept as an editor left them.

    Of our own files, all of them together, also how many are retired: in no file any more.
    All or nothing. ValidationError names the file, the line and the fact.
    """
    load_laws(DATA / "wetten.toml")
    laws = [law.reference for law in Law.objects.all()]
    there = {(fact.name, fact.valid_from): fact for fact in Fact.objects.all()}
    counts = dict.fromkeys(("new", "renewed", "same", "kept", "retired"), 0)
    new, renewed, seen = [], [], {}
    for path in paths if paths is not None else files():
        for place, fact in read(path):
            key = (fact.name, fact.valid_from)
            if key in seen:
                raise ValidationError(f"{place}: staat ook in {seen[key]}")
            seen[key] = place
            old = there.get(key)
            if old and old.loaded == fact.loaded:
                counts["same"] += 1
                continue
            check(place, fact, laws)
            if old is None:
                new.append(fact)
                counts["new"] += 1
            elif state(old) != old.loaded:
                counts["kept"] += 1
            else:
                fact.pk, fact.latest_revision_id = old.pk, old.latest_revision_id
                renewed.append(fact)
                counts["renewed"] += 1
    Fact.objects.bulk_create(new)
    Fact.objects.bulk_update(renewed, [*FIELDS.values(), "loaded"])
    retired = retire({name for name, _ in seen}) if paths is None else []
    counts["retired"] = len(retired)
    index.update(searchable.KIND, *{fact.name for fact in [*new, *renewed, *retired]})
    let_staff(Fact, "add", "change")
    let_staff(Law, "add", "change")
    return counts


def retire(names: set[str]) -> list[Fact]:
    """End what came from a file and is in none of these any more, and give what ended.

    It ends yesterday and is not deleted: a file may bring it back. What an editor changed or made
    stays, and what a text still shows; so does a version that has yet to begin.
    """
    yesterday = localdate() - timedelta(days=1)
    ended = []
    for fact in (
        Fact.objects.exclude(name__in=names).exclude(loaded={}).exclude(valid_to__lte=yesterday)
    ):
        begun = fact.valid_from is None or fact.valid_from <= yesterday
        if begun and state(fact) == fact.loaded and not usage.uses(fact.name):
            fact.valid_to = yesterday
            fact.loaded = state(fact)
            ended.append(fact)
    Fact.objects.bulk_update(ended, ["valid_to", "loaded"])
    return ended


def load_laws(path):
    """Add the laws of the file. One that is there already stays as it is."""
    laws = [Law(name=name, **row) for name, row in table(path).items()]
    Law.objects.bulk_create(laws, ignore_conflicts=True)


def state(fact):
    """Return what a fact says now, in a form that can be compared and kept."""
    return {name: text(getattr(fact, name)) for name in ("name", *FIELDS.values())}


def text(value):
    return value.isoformat() if isinstance(value, date) else value


def table(path):
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise ValidationError(f"{path.name}: {problem}") from problem


def read(path):
    """Each fact of a file, with the place where it stands."""
    lines = path.read_text("utf-8").splitlines()
    for name, versions in table(path).items():
        starts = [
            number
            for number, line in enumerate(lines, 1)
            if re.match(rf"\[+{re.escape(name)}\]", line)
        ]
        versions = versions if isinstance(versions, list) else [versions]
        for row, line in zip(versions, starts, strict=True):
            place = f"{path.name}, regel {line}, {name}"
            yield place, fact_of(place, name, row)


def fact_of(place, name, row):
    """The fact of a row, as yet unchecked. ValidationError when the row has another form."""
    if missing := NEEDED - set(row):
        raise ValidationError(f"{place}: mist {', '.join(sorted(missing))}")
    if unknown := set(row) - set(FIELDS):
        raise ValidationError(f"{place}: onbekend veld {', '.join(sorted(unknown))}")
    for field, value in row.items():
        if not isinstance(value, date if field in DATES else str):
            raise ValidationError(f"{place}: {field} heeft de verkeerde vorm")
    fact = Fact(name=name, **{FIELDS[field]: value for field, value in row.items()})
    fact.unit = CANONICAL.get(fact.unit, fact.unit)
    if "controleer_weer_op" not in row:
        fact.check_again_on = next_check(fact.checked_on, fact.law)
    fact.loaded = state(fact)
    return fact


def check(place, fact, laws):
    """ValidationError says where and what is wrong."""
    try:
        if fact.law:
            parse(fact.law, laws)
        if wrong := values.problem(fact.value, fact.unit):
            raise ValidationError(wrong)
        fact.clean_fields(exclude={"latest_revision"})
        for constraint in Fact._meta.constraints:
            if not hasattr(constraint, "fields"):  # who is unique, the loader sees by itself
                constraint.validate(Fact, fact)
    except UnknownLaw as problem:
        raise ValidationError(f"{place}: {problem}") from problem
    except ValidationError as problem:
        raise ValidationError(f"{place}: {' '.join(problem.messages)}") from problem
