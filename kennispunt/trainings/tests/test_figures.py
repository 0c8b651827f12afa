"""The figures of a year: right for the desk, and without small numbers to publish."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from kennispunt.elections.models import Area
from kennispunt.office.staff import figures as of_the_desk
from kennispunt.parties.models import Mandate
from kennispunt.trainings.actions import leaving
from kennispunt.trainings.figures import figures, safe, sentences, years
from kennispunt.trainings.models import Attendance, Edition, Evaluation, Registration
from kennispunt.trainings.tests.make import (
    amsterdam,
    make_edition,
    make_parties,
    make_room,
    make_theme,
    make_training,
)

JUNE = amsterdam(2026, 6, 2, 19, 30)
NOW = amsterdam(2026, 7, 1, 12)
PAGE = "/balie/trainingen/cijfers/"


def given(people=(), absent=(), unmarked=(), *, starts_at=JUNE, grades=(), **fields):
    """An edition that was given: people came, did not, or were not marked."""
    edition = make_edition(starts_at=starts_at, **fields)
    [*meetings] = edition.meetings.all()
    for seat, person in enumerate([*people, *absent, *unmarked], start=1):
        one = Registration.objects.create(
            edition=edition, party=Mandate.objects.get(person=person).party,
            person=person, state="placed", seat=seat, signed_up_at=starts_at, changed_at=starts_at,
        )  # fmt: skip
        if person not in unmarked:
            Attendance.objects.create(
                registration=one, meeting=meetings[0], was_there=person in people
            )
    Evaluation.objects.bulk_create(
        Evaluation(edition=edition, grade=grade, given_on=starts_at.date()) for grade in grades
    )
    return edition


@pytest.fixture
def people(make_user):
    """Eight people of eight parties."""
    return make_parties(make_user, 8)


def row(rows, name):
    return next(one for one in rows if one.name == name)


def test_year_counts_what_was_given(people):
    money = make_training("geld", title="Geld", theme=make_theme("geld"))
    given(people[:6], people[6:7], costs=Decimal("120.50"), grades=[8] * 5)
    given(people[:2], unmarked=people[7:], training=money, room=None, costs=Decimal("10"))

    Edition.objects.filter(costs=10).update(hours=Decimal("6"))

    found = figures(2026, NOW)

    assert (found.total.trainings, found.meetings, found.marked) == (2, 2, 2)
    assert (found.total.people, found.total.parties, found.no_show) == (8, 6, 1)
    assert (found.total.grade, found.costs, found.hours) == (8, Decimal("130.50"), 6)
    assert [(one.name, one.trainings, one.people) for one in found.provinces] == [
        ("Drenthe", 1, 6),
        ("Online", 1, 2),
    ]
    assert row(found.themes, "Geld").parties == 2
    assert found.no_show_share == 11


def test_what_was_cancelled_comes_or_was_in_another_year_does_not_count(people):
    given(people[:5])
    given(people[:5], status=Edition.Status.CANCELLED, cancelled_at=JUNE)
    given(people[:5], status=Edition.Status.DRAFT)
    given(people[:5], starts_at=amsterdam(2025, 12, 31, 19))
    given(people[:5], starts_at=NOW + timedelta(days=1))

    assert figures(2026, NOW).total.trainings == 1
    assert years(NOW) == [2026, 2025]


def test_evening_that_passes_midnight_at_new_year_counts_where_it_ends(db):
    make_edition(starts_at=amsterdam(2025, 12, 31, 23, 0))

    assert figures(2026, NOW).total.trainings == 1
    assert figures(2025, NOW).total.trainings == 0


def test_figures_stay_when_a_person_is_erased(people):
    given(people[:6])
    before = figures(2026, NOW)

    leaving.forget(people[0])

    assert figures(2026, NOW) == before


@pytest.mark.parametrize("number", [1, 4])
def test_figures_cost_the_same_number_of_queries(people, number, django_assert_num_queries):
    for index in range(number):
        given(people[:2], starts_at=JUNE + timedelta(days=index))

    with django_assert_num_queries(4):
        figures(2026, NOW)


def test_no_year_at_all_is_no_error(db):
    found = safe(figures(2031, NOW))

    assert sentences(found) == ["In 2031 gaf het Kennispunt 0 trainingen, samen 0 bijeenkomsten."]


# --- Safe to publish -----------------------------------------------------------------------------


def test_published_text_leaves_small_numbers_out(people):
    given(people[:4], people[4:5], grades=[8] * 4)

    said = " ".join(sentences(safe(figures(2026, NOW))))

    assert said == (
        "In 2026 gaf het Kennispunt 1 training, samen 1 bijeenkomst. Dat was in Drenthe."
    )


def test_published_text_of_a_full_year(people):
    given(people[:6], grades=[7, 8, 8, 8, 9])
    given(people[:5], starts_at=JUNE + timedelta(days=1))

    said = sentences(safe(figures(2026, NOW)))

    assert said[1:] == [
        "Er kwamen 11 deelnemers van 6 partijen.",
        "Dat was in Drenthe.",
        "De deelnemers gaven de trainingen gemiddeld een 8,0.",
    ]


@pytest.fixture
def last_year(people):
    """Given last year: six people in Drenthe, two online."""
    then = amsterdam(timezone.localtime().year - 1, 6, 2, 19, 30)
    given(people[:6], starts_at=then)
    given(people[6:], starts_at=then, room=None)
    return then.year


def test_export_hides_what_the_page_shows(client, petra, last_year):
    client.force_login(petra)

    page = client.get(f"{PAGE}?jaar={last_year}")
    text = client.get(f"{PAGE}{last_year}.csv").content.decode("utf-8-sig")

    assert [one.people for one in page.context["figures"].provinces] == [6, 2]
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[:2] == [
        ["Soort", "Naam", "Trainingen", "Deelnemers", "Partijen", "Cijfer", "Minder dan vijf"],
        ["jaar", "Samen", "2", "8", "8", "", ""],
    ]
    # Two online would be found by subtracting Drenthe from the whole.
    assert rows[2] == ["provincie", "Drenthe", "1", "", "", "", "deelnemers, partijen"]
    assert rows[3] == ["provincie", "Online", "1", "", "", "", "deelnemers, partijen"]


def test_spreadsheet_has_the_same_rows(client, petra, last_year):
    client.force_login(petra)

    book = load_workbook(io.BytesIO(client.get(f"{PAGE}{last_year}.xlsx").content))

    rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert rows[1][:5] == ["jaar", "Samen", 2, 8, 8]
    assert rows[2][3:] == [None, None, None, "deelnemers, partijen"]


@pytest.mark.parametrize("part", ["1999.csv", "2026.exe", "abcd.csv", "99999.csv"])
def test_year_or_kind_that_is_not_there_is_not_found(client, petra, part):
    client.force_login(petra)

    assert client.get(PAGE + part).status_code == 404


@pytest.mark.parametrize("asked", ["", "1999", "x", "99999999999999999999"])
def test_odd_year_shows_the_newest(client, petra, asked):
    client.force_login(petra)

    assert client.get(f"{PAGE}?jaar={asked}").context["year"] == timezone.localtime().year


# --- Evaluations, and permissions ----------------------------------------------------------------


def test_evaluations_per_theme_and_edition(client, petra, db):
    large = given(grades=[9] * 5)
    given(grades=[1, 1], starts_at=JUNE + timedelta(days=1))
    client.force_login(petra)

    page = client.get("/balie/trainingen/evaluaties/?thema=leden")

    assert [(one, found.grade) for one, found in page.context["editions"]] == [
        (page.context["editions"][0][0], None),
        (large, 9),
    ]
    assert page.context["chosen"].grade == 9
    assert client.get("/balie/trainingen/evaluaties/?thema=x%00").status_code == 200


@pytest.mark.parametrize("person", ["tess", "eva", "maud", "anna", "carla"])
@pytest.mark.parametrize("part", ["cijfers/", "cijfers/2026.csv", "evaluaties/"])
def test_figures_are_for_the_project_leader(request, client, person, part):
    client.force_login(request.getfixturevalue(person))

    assert client.get(f"/balie/trainingen/{part}").status_code == 403


def test_desk_has_them_among_the_figures_of_all(petra, tess, people):
    given(people[:6], starts_at=amsterdam(2025, 6, 2, 19))

    found = {one.name: one.number for one in of_the_desk(petra, 2025) if one.about == "Trainingen"}

    assert found == {"Gegeven": 1, "Deelnemers": 6, "Verschillende partijen": 6}
    assert [one for one in of_the_desk(tess, 2025) if one.about == "Trainingen"] == []


def test_room_in_another_province_is_its_own_row(people):
    utrecht = Area.objects.create(
        code="PV26", kind="provincie", name="Utrecht", slug="provincie-utrecht", eml_id="26",
        kiesraad_code="P26",
    )  # fmt: skip
    zeist = Area.objects.create(
        code="GM0355", kind="gemeente", name="Zeist", slug="zeist", eml_id="0355",
        kiesraad_code="G0355", province=utrecht,
    )  # fmt: skip
    given(people[:5], room=make_room("Zaal", area=zeist, town="Zeist"))
    given(people[:5])

    assert [one.name for one in figures(2026, NOW).provinces] == ["Drenthe", "Utrecht"]
