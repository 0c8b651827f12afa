"""Offers of apps by their desk.py: pages in the menu of the desk, and figures of five and more."""

from datetime import date

import pytest
from django.utils.timezone import localdate, now

from kennispunt.desk import desk
from kennispunt.office.staff import Figure, StaffPage
from kennispunt.parties.models import Case, Decision
from kennispunt.parties.tests.make import make_party

pytestmark = pytest.mark.django_db
from_db = Case.from_db.__func__


def numbers(page):
    return {one.name: one.number for one in page.context["figures"] if one.is_told}


def a_case(number):
    party = make_party(f"Partij {number}", status="applied")
    return Case.objects.create(party=party, kind="application", due=date.max)


def test_a_page_that_an_app_offers_stands_on_the_desk(client, eva, monkeypatch):
    client.force_login(eva)
    offered = [StaffPage("Zalen", "/balie/zalen/", "Waar je kunt zijn")]
    monkeypatch.setattr(desk, "pages", lambda user: offered)

    assert 'href="/balie/zalen/"' in client.get("/balie/").text


def test_the_rest_of_the_list_stands_beside_a_case(client, petra):
    cases = [a_case(number) for number in range(25)]
    client.force_login(petra)

    page = client.get(f"/balie/partijen/{cases[3].pk}/")

    assert page.text.count('class="wait"') == 20
    assert "Nog 5 op de balie" in page.text
    assert page.text.count('aria-current="page"') == 1


def test_what_waits_is_counted_and_read_no_further_than_it_is_shown(client, petra, monkeypatch):
    """Whatever waits, /mijn/ shows only how much."""
    client.force_login(petra)
    cases = [a_case(number) for number in range(60)]
    read = []
    monkeypatch.setattr(
        Case, "from_db", classmethod(lambda model, *row: read.append(1) or from_db(model, *row))
    )

    assert "Er wacht nu: 60." in client.get("/mijn/").text
    assert read == []
    page = client.get("/balie/?page=2")
    assert len(page.context["page"].object_list) == 10
    assert page.context["total"] == page.context["page"].paginator.count == 60
    read.clear()
    client.get(f"/balie/partijen/{cases[0].pk}/")
    assert len(read) < 25


def test_a_page_is_offered_to_who_may_open_it(client, starter, eva, tess):
    shown = {}
    for person in (eva, tess):
        client.force_login(person)
        shown[person] = {one.address for one in client.get("/balie/").context["pages"]}

    assert {"/balie/cijfers/", "/balie/griffiers/"} <= shown[tess]
    assert "/griffiers/brieven/" in shown[eva] - shown[tess]
    for person, addresses in shown.items():
        client.force_login(person)
        assert {client.get(one).status_code for one in addresses} == {200}


def test_figures_tell_what_was_decided_in_that_year(client, eva):
    for number in range(5):
        party = make_party(f"Partij {number}")
        case = Case.objects.create(party=party, kind="application", state="closed", due=date.max)
        Decision.objects.create(case=case, party=party, outcome="eligible", decided_at=now())
    client.force_login(eva)

    page = client.get("/balie/cijfers/")

    assert numbers(page) == {"Toegelaten": 5, "Toelaten": 5}
    assert "minder dan vijf" in page.text
    last_year = client.get(f"/balie/cijfers/?jaar={localdate().year - 1}")
    assert numbers(last_year) == {"Toegelaten": 5}


def test_a_number_of_things_is_told_from_one():
    assert Figure("Trainingen", "Gegeven", 1, of_people=False).is_told
    assert not Figure("Trainingen", "Partijen", 4).is_told


@pytest.mark.parametrize("year", ["", "1", "9999", "x", "٢٠٢٦"])
def test_a_year_that_is_not_offered_is_this_one(client, eva, year):
    client.force_login(eva)

    assert client.get("/balie/cijfers/", {"jaar": year}).context["year"] == localdate().year


def test_figures_are_for_staff(client, anna):
    client.force_login(anna)

    assert client.get("/balie/cijfers/").status_code == 403
