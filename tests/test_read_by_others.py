"""The files that we give away, as LibreOffice reads them: it can count with them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kennispunt.office import tables
from kennispunt.trainings.models import Edition
from kennispunt.trainings.tests.make import amsterdam, make_edition, sign_up

pytestmark = pytest.mark.django_db


def serial(*moment) -> float:
    """A moment as spreadsheets keep it: days since the end of 1899."""
    passed = datetime(*moment) - datetime(1899, 12, 30)
    return passed.days + passed.seconds / 86400


CELLS = [
    date(2027, 2, 28), amsterdam(2027, 7, 1, 19, 30), Decimal("1234567.05"), 0.1, -3, 0, None,
    "=1+1", "@ssen Lokaal", "1e kwartaal", 'Kring; "A"\nB', "\x07x",
]  # fmt: skip
READ = [
    serial(2027, 2, 28), serial(2027, 7, 1, 19, 30), 1234567.05, 0.1, -3, 0, "",
    "'=1+1", "'@ssen Lokaal", "1e kwartaal", 'Kring; "A"B', "x",
]  # fmt: skip


def test_libreoffice_counts_with_what_we_give(starter, client, petra, anna, libreoffice):
    """Dates are dates and amounts are numbers, in both kinds of file."""
    for month, costs in ((3, "1250.75"), (9, "99.50")):
        moment = amsterdam(2026, month, 4, 0, 30)
        make_edition(starts_at=moment, costs=Decimal(costs))
    Edition.objects.update(hours=Decimal("3.5"))
    coming = make_edition()
    [place] = sign_up(coming, anna)
    place.signed_up_at = amsterdam(2026, 10, 25, 23, 30).astimezone(UTC)
    place.save(update_fields=["signed_up_at"])
    client.force_login(petra)
    files = {"brief.docx": client.get("/griffiers/assen/brief.docx").content}
    names = [f"kolom {number}" for number in range(len(CELLS))]
    for kind in tables.FORMATS:
        for name, content in {
            "jaar": client.get(f"/balie/trainingen/jaar/2026.{kind}").content,
            "cijfers": client.get(f"/balie/trainingen/cijfers/2026.{kind}").content,
            "mensen": client.get(f"/balie/trainingen/{coming.pk}/deelnemers.{kind}").content,
            "cellen": tables.response("cellen", kind, names, [CELLS]).content,
        }.items():
            files[f"{name}.{kind}"] = content

    read = libreoffice.read(files)

    assert "de lokale partijen in jouw raad" in read["brief.docx"]
    for kind in tables.FORMATS:
        columns, *rows = read[f"jaar.{kind}"]
        rows = [dict(zip(columns, row, strict=True)) for row in rows]
        rows = sorted((row for row in rows if row["kosten"]), key=lambda row: row["datum"])
        assert [row["datum"] for row in rows] == [serial(2026, 3, 4), serial(2026, 9, 4)]
        assert [row["kosten"] for row in rows] == [1250.75, 99.5]
        assert [row["uren"] for row in rows] == [3.5, 3.5]
        assert [row["bezet"] for row in rows] == [0, 0]
        total = {row[1]: row[2] for row in read[f"cijfers.{kind}"]}
        assert total["Kosten in euro"] == 1350.25
        [_, person] = read[f"mensen.{kind}"]
        assert person[0] == "Anna"
        assert person[-1] == pytest.approx(serial(2026, 10, 25, 23, 30))
        [_, cells] = read[f"cellen.{kind}"]
        assert cells == READ
