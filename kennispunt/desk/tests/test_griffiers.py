"""The result of letters to griffies: never fewer than five parties, also not by subtracting."""

from datetime import date

import pytest
from django.utils.timezone import now

from kennispunt.elections.tests.make import make_area
from kennispunt.outreach.models import Opening
from kennispunt.parties.models import Application
from kennispunt.parties.tests.make import make_party

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(make_user):
    """heard(5): so many parties in Assen told that they came through the griffier."""
    assen = make_area()

    def applied(number):
        for count in range(number):
            Application.objects.create(
                person=make_user(f"person{count}"),
                party=make_party(f"Partij {count}", area=assen),
                area=assen,
                state="closed",
                sent_at=now(),
                heard_from="clerk",
            )

    return applied


def row_of_drenthe(page):
    return next(row for row in page.context["figures"].rows if row.name == "Drenthe")


def test_five_parties_are_told_with_the_openings_of_their_province(client, heard, eva):
    heard(5)
    Opening.objects.create(area=make_area(), month=date(2026, 11, 1), times=12)
    client.force_login(eva)

    page = client.get("/balie/griffiers/")

    assert page.context["figures"].in_all.parties == 5
    drenthe = row_of_drenthe(page)
    assert (drenthe.opened, drenthe.parties) == (12, 5)


def test_openings_are_told_by_year_with_the_total(client, eva):
    assen, drenthe = make_area(), make_area().province
    for area, month, times in (
        (assen, date(2022, 3, 1), 1),
        (assen, date(2024, 3, 1), 2),
        (assen, date(2026, 10, 1), 4),
        (drenthe, date(2026, 11, 1), 8),
        (assen, date(2025, 3, 1), 16),
    ):
        Opening.objects.create(area=area, month=month, times=times)
    client.force_login(eva)

    figures = client.get("/balie/griffiers/").context["figures"]

    assert figures.years == [2024, 2025, 2026]
    [row] = [one for one in figures.rows if one.name == "Drenthe"]
    assert (row.years, row.opened) == ([2, 16, 12], 31)
    assert (figures.in_all.years, figures.in_all.opened) == ([2, 16, 12], 31)


def test_four_parties_are_not_told(client, heard, eva):
    heard(4)
    client.force_login(eva)

    page = client.get("/balie/griffiers/")

    assert page.context["figures"].in_all.parties is None
    assert row_of_drenthe(page).parties is None


def test_only_staff_sees_it(client, anna):
    client.force_login(anna)

    assert client.get("/balie/griffiers/").status_code == 403
