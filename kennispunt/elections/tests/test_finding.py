"""Finding an area: what people type is a village, a Frisian name or has a slip in it."""

import pytest

from kennispunt.elections.finding import Found, find

pytestmark = pytest.mark.usefixtures("starter")


def names(found):
    return [area.name for area in found.areas]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Assen", ["Assen"]),
        ("gemeente assen", ["Assen"]),
        ("'s-Hertogenbosch", ["'s-Hertogenbosch"]),
        ("Wetterskip Fryslân", ["Fryslân", "Fryslân"]),
    ],
)
def test_a_name_finds_its_area_and_no_hint(typed, found):
    assert names(find(typed)) == found and not find(typed).hint


@pytest.mark.parametrize(
    ("typed", "meant", "area"),
    [
        ("Hogeveen", "Hoogeveen", "Hoogeveen"),
        ("Drente", "Drenthe", "Drenthe"),
        ("Leeuwaarden", "Leeuwarden", "Leeuwarden"),
        ("asen", "Assen", "Assen"),
    ],
)
def test_a_slip_is_read_as_what_it_looks_like_and_said(typed, meant, area):
    found = find(typed)

    assert names(found)[0] == area
    assert found.hint == f"Bedoelde je {meant}?"
    assert found.one is None  # nobody is sent on to what they did not type


@pytest.mark.parametrize(
    ("typed", "place", "around"),
    [
        ("Rolde", "Rolde", "Aa en Hunze"),
        ("Zuidlaren", "Zuidlaren", "Tynaarlo"),
        ("Bolsward", "Bolsward", "Súdwest-Fryslân"),
        ("Boalsert", "Bolsward", "Súdwest-Fryslân"),
    ],
)
def test_a_village_is_found_with_the_municipalities_around_it(typed, place, around):
    found = find(typed)

    assert around in names(found)
    assert found.place == place and found.one is None


def test_a_frisian_name_of_a_town_leads_there():
    assert "Leeuwarden" in names(find("Ljouwert"))


def test_a_main_town_leads_to_its_municipality():
    assert names(find("Gieten")) == ["Aa en Hunze"]
    assert names(find("bussum")) == ["Gooise Meren"]


@pytest.mark.parametrize("typed", ["", "  ", "xq", "9401", "qqqqqqqqqqqq", "\u200b"])
def test_nothing_is_found_for_what_is_nothing(typed):
    assert find(typed) == Found()


def test_searching_costs_as_many_questions_for_a_slip_in_any_name(django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        find("Hogeveen")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/kalender/gebied/?q=Rolde", "Aa en Hunze"),
        ("/kalender/gebied/?q=Hogeveen", "Bedoelde je Hoogeveen?"),
        ("/griffiers/?q=Hogeveen", "Bedoelde je Hoogeveen?"),
        ("/partijen/?q=Rolde", "Aa en Hunze"),
    ],
)
def test_every_page_that_asks_for_an_area_finds_it_so(client, address, says):
    assert says in client.get(address).text
