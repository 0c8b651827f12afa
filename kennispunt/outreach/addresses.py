"""The addresses of griffies, from a table that staff upload or an administrator has.

The intended source is the public register of government organisations (organisaties.overheid.nl).
Only addresses of an office are kept: what looks like a person's is left out and named.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from kennispunt.elections.models import Area
from kennispunt.outreach.models import GriffieAddress
from kennispunt.ui.cleaning import one_line

LARGEST = 1_000_000  # bytes; every griffie of the country is a twentieth of it
OFFICE = re.compile(
    r"griffie|raad|staten|secretariaat|bestuur|info|gemeente|provincie|waterschap|post|contact|"
    r"algemeen|eiland"
)


@dataclass
class Table:
    """The cells of a file: a heading and rows of the same width."""

    columns: list[str]
    rows: list[list[str]]
    note: str = ""

    def guess(self, *words) -> int:
        """The first column whose heading has one of these words; -1 when none has."""
        named = [column.lower() for column in self.columns]
        return next((i for word in words for i, column in enumerate(named) if word in column), -1)


@dataclass
class Report:
    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    same: int = 0
    refused: list[str] = field(default_factory=list)  # a sentence for each, with its line
    missing: list[Area] = field(default_factory=list)  # areas without an address after this


def read(content: bytes) -> Table:
    """The table in a CSV file, whatever stands between its cells. ValidationError otherwise."""
    if len(content) > LARGEST:
        raise ValidationError("Dit bestand is te groot: hoogstens 1 MB.")
    note = ""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        note = "Het bestand is geen UTF-8. We lazen het als Windows-tekst: kijk de namen na."
    if "\0" in text or not text.strip():
        raise ValidationError("Dit is geen CSV-bestand, of het is leeg.")
    rows = cells(text)
    if len(rows) < 2:
        raise ValidationError("Er is een regel met namen van kolommen nodig, en daaronder rijen.")
    width = len(rows[0])
    return Table(rows[0], [(row + [""] * width)[:width] for row in rows[1:]], note)


def cells(text: str) -> list[list[str]]:
    """The rows that hold something. The heading tells what stands between cells."""
    text = re.sub(r"\r\n?", "\n", text)
    text = re.sub(r'\A\s*"?sep=.?"?[;,\t]*\n', "", text)  # a line for spreadsheets alone
    heading = next((line for line in text.split("\n") if line.strip(';, \t"')), "")
    between = max(";\t,", key=heading.count)
    if between not in heading:
        raise ValidationError("We zien geen kolommen. Bewaar het bestand als CSV, met puntkomma’s.")
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=between))
    except csv.Error:
        raise ValidationError("Eén cel in dit bestand is veel te lang.") from None
    cleaned = ([one_line(cell) for cell in row] for row in found)
    return [row for row in cleaned if any(row)]


def area_of(name: str, *, on: date) -> Area | None:
    """The one area with this code or name; None when there is none, or more than one."""
    name = name.strip()
    code = name.upper()
    known = {code, f"GM{code.zfill(4)}" if code.isdecimal() else code}
    if found := Area.objects.valid_on(on).filter(code__in=known).first():
        return found
    candidates = list(Area.objects.find(name).valid_on(on)[:3])
    gemeenten = [area for area in candidates if area.kind == Area.Kind.GEMEENTE]
    if len(candidates) > 1 and not re.match(r"(?i)(provincie|waterschap)", name):
        candidates = gemeenten  # "Utrecht" alone is the municipality
    return candidates[0] if len(candidates) == 1 else None


@transaction.atomic
def take_in(table: Table, *, area: int, email: int, source: str, on: date, dry_run=False) -> Report:
    """Keep the addresses of a table; area and email are the numbers of its columns.

    The same file twice changes nothing but the day of checking. With dry_run only the report.
    """
    report = Report()
    there = {one.area_id: one for one in GriffieAddress.objects.current()}
    seen: set[str] = set()
    for number, row in enumerate(table.rows, 2):
        place, address = row[area].strip(), row[email].strip().lower()
        if problem := what_is_wrong(address):
            report.refused.append(f"Regel {number} ({place[:60]}): {problem}")
            continue
        found = area_of(place, on=on)
        if found is None:
            report.refused.append(
                f"Regel {number}: “{place[:60]}” is niet één gebied dat we kennen."
            )
            continue
        if found.pk in seen:
            report.refused.append(f"Regel {number}: {found} staat er al, op een regel erboven.")
            continue
        seen.add(found.pk)
        keep(found, address, there.get(found.pk), source, on, report)
    with_address = GriffieAddress.objects.current().values("area")
    report.missing = list(Area.objects.valid_on(on).municipalities().exclude(pk__in=with_address))
    if dry_run:
        transaction.set_rollback(True)
    return report


def keep(area, address, old, source, on, report):
    if old and old.email == address:
        report.same += 1
        GriffieAddress.objects.filter(pk=old.pk).update(checked_on=on)
        return
    if old:
        GriffieAddress.objects.filter(pk=old.pk).update(ended_on=on)
        report.replaced.append(f"{area}: {old.email} wordt {address}")
    else:
        report.new.append(f"{area}: {address}")
    GriffieAddress.objects.create(area=area, email=address, source=source, checked_on=on)


def what_is_wrong(address: str) -> str:
    """Return why we do not keep this address; "" when it is fine."""
    if not address:
        return "er staat geen mailadres."
    try:
        validate_email(address)
    except ValidationError:
        return "dit is geen mailadres."
    if not OFFICE.search(address.partition("@")[0]):
        return "dit lijkt het adres van een persoon. We bewaren alleen adressen van een kantoor."
    return ""
