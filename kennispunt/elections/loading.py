"""Take our own list of areas (data/areas.csv, data/successions.csv) into the database."""

import csv
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from kennispunt.accounts.groups import let_staff
from kennispunt.elections.models import Area, AreaName, AreaSuccession, Election, folded

DATA = Path(__file__).resolve().parent / "data"
PLAIN = ["kind", "name", "kiesraad_code", "eml_id", "main_town"]
CONVERTED = {
    "latitude": float,
    "longitude": float,
    "valid_from": date.fromisoformat,
    "valid_to": date.fromisoformat,
    "map_x": int,
    "map_y": int,
}
# Provinces and water boards share names with municipalities, so their slugs say what they are.
PREFIXES = {"provincie": "provincie-", "waterschap": "waterschap-"}


@transaction.atomic
def load_areas(folder: Path = DATA) -> int:
    """Insert or update every area of the file by its code; how many there are.

    What editors added (areas, written names) stays. ValidationError names the file and the line.
    """
    rows = list(read(folder / "areas.csv"))
    areas = [area_of(row) for row in rows]
    known = {area.code for area in areas}
    for row in rows:
        for code in [row["province"], *row["waterschappen"].split()]:
            if code and code not in known:
                raise ValidationError(f"{row['place']}: there is no area {code}")
    # Dots and slugs may move between areas: they are unique, so clear the old places first.
    Area.objects.filter(code__in=known).update(map_x=None, map_y=None)
    areas.sort(key=lambda area: area.province_id is not None)
    fields = [*PLAIN, *CONVERTED, "slug", "province"]
    try:
        Area.objects.bulk_create(
            areas, update_conflicts=True, unique_fields=["code"], update_fields=fields
        )
    except IntegrityError as problem:
        raise ValidationError(f"{folder / 'areas.csv'}: {problem}") from problem
    load_names(rows)
    load_waterschappen(rows)
    load_successions(folder / "successions.csv", known)
    let_staff(Area, "change")
    let_staff(Election, "import", groups=("Editors", "Project leaders"))
    return len(areas)


def read(file):
    """The rows of a file, each with its `place`: the file and line, for messages."""
    with file.open(encoding="utf-8", newline="") as lines:
        numbered = [(number, line) for number, line in enumerate(lines, 1) if line[0] != "#"]
    numbers = [number for number, _ in numbered[1:]]
    for number, row in zip(numbers, csv.DictReader(line for _, line in numbered), strict=True):
        place = f"{file.name}, line {number}"
        if None in row or None in row.values():
            raise ValidationError(f"{place}: does not have as many fields as the header")
        yield row | {"place": place}


def area_of(row):
    try:
        values = {
            name: convert(row[name]) if row[name] else None for name, convert in CONVERTED.items()
        }
    except ValueError as problem:
        raise ValidationError(f"{row['place']}: {problem}") from problem
    plain = {name: row[name] for name in PLAIN}
    if row["kind"] not in Area.Kind.values:
        raise ValidationError(f"{row['place']}: unknown kind {row['kind']!r}")
    slug = PREFIXES.get(row["kind"], "") + slugify(row["name"])
    return Area(code=row["code"], slug=slug, province_id=row["province"] or None, **plain, **values)


def load_names(rows):
    written = [
        AreaName(area_id=row["code"], name=name, folded=folded(name))
        for row in rows
        for name in dict.fromkeys([row["name"], *filter(None, row["other_names"].split("|"))])
    ]
    AreaName.objects.bulk_create(written, ignore_conflicts=True)


def load_waterschappen(rows):
    links = Area.waterschappen.through
    wanted = {(row["code"], code) for row in rows for code in row["waterschappen"].split()}
    there = set(links.objects.values_list("from_area_id", "to_area_id"))
    links.objects.bulk_create(
        [links(from_area_id=area, to_area_id=other) for area, other in sorted(wanted - there)]
    )


def load_successions(file, known):
    successions = []
    for row in read(file):
        if missing := {row["old"], row["new"]} - known:
            raise ValidationError(f"{row['place']}: there is no area {', '.join(missing)}")
        successions.append(
            AreaSuccession(
                old_id=row["old"], new_id=row["new"], date=date.fromisoformat(row["date"])
            )
        )
    AreaSuccession.objects.bulk_create(
        successions, update_conflicts=True, unique_fields=["old", "new"], update_fields=["date"]
    )
