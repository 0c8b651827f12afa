"""The figures of a reader's own area, on a dossier: chosen by name, never asked where they are."""

from datetime import date

import pytest

from kennispunt.elections.models import Area, AreaResult
from kennispunt.elections.tests.make import make_result
from kennispunt.facts import api
from kennispunt.signpost.models import DossierPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


@pytest.fixture
def dossier():
    return DossierPage.objects.get(slug="gemeentefinancien").url


@pytest.fixture
def assen():
    assen = Area.objects.get(code="GM0106")
    make_result(assen, on=date(2022, 3, 16), Dorpsbelang=30)
    make_result(assen, Dorpsbelang=20, Hazelmeer=13, Molenkerk=0)
    AreaResult.objects.filter(area=assen).update(eligible_voters=50_000, turnout=27_300)
    make_result(assen.province, kind="PS", on=date(2023, 3, 15), Dorpsbelang=43)
    return assen


def test_reader_gets_the_councils_of_the_area_they_type(client, dossier, assen):
    answer = client.get(dossier, {"q": "Assen"})

    council, states = answer.context["figures"].councils
    assert (council.area, council.voted_on.year) == (assen, 2026)
    assert (council.seats, council.lists, council.turnout) == (33, 2, 55)
    assert (states.area, states.seats, states.turnout) == (assen.province, 43, None)
    assert "55%" in answer.text and "niet bekend" in answer.text


def test_name_of_more_areas_asks_which(client, dossier):
    answer = client.get(dossier, {"q": "Groningen"})

    assert {one.kind for one in answer.context["figures"].areas} == {"gemeente", "provincie"}
    [slug] = [one.slug for one in answer.context["figures"].areas if one.kind == "provincie"]
    assert f"?gebied={slug}#" in answer.text
    assert client.get(dossier, {"gebied": slug}).context["figures"].area.slug == slug


def test_area_of_which_we_have_no_result_and_one_that_is_none(client, dossier):
    assert "nog geen uitslag" in client.get(dossier, {"q": "Assen"}).text
    assert "Dat gebied kennen we niet" in client.get(dossier, {"q": "Nergenshuizen"}).text
    assert "Dat gebied kennen we niet" in client.get(dossier, {"gebied": "nergens"}).text


def test_nobody_is_told_a_figure_before_they_ask(client, dossier, assen):
    answer = client.get(dossier)

    assert answer.context["figures"].areas == []
    assert "geolocation" not in answer.text


def test_facts_of_a_dossier_open_their_source_on_the_spot(client, dossier):
    fact = api.get("begroting-inzage-weken")
    text = client.get(dossier).text

    assert fact.shown in text
    sheet = text[text.index("popover", text.index("feit-begroting-inzage-weken")) :]
    assert "wetten.overheid.nl" in sheet and "22 november 2026" in sheet
