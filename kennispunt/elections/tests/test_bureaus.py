"""Which electoral bureau one must go to, and in how many kieskringen a province is divided."""

import pytest

from kennispunt.elections.bureaus import bureaus, kieskring, site
from kennispunt.elections.models import Area


@pytest.fixture
def areas(starter):
    return Area.objects


def test_every_province_water_board_and_island_has_one(areas):
    there = areas.exclude(kind=Area.Kind.GEMEENTE).values_list("code", flat=True)

    assert set(bureaus()) == set(there)


@pytest.mark.parametrize("code", bureaus())
def test_what_a_page_told_us_names_the_page_and_its_year(code):
    bureau = bureaus()[code]

    assert bureau.web.startswith("https://")
    if bureau.seat or bureau.ways:
        assert bureau.source.startswith("https://")
        assert 2018 <= bureau.year <= 2026


def test_five_provinces_have_more_kieskringen_and_each_gemeente_is_in_one(areas):
    several = {code: one.kieskringen for code, one in bureaus().items() if one.kieskringen}

    assert {areas.get(code=code).name: len(rings) for code, rings in several.items()} == {
        "Gelderland": 2, "Noord-Holland": 3, "Zuid-Holland": 4, "Noord-Brabant": 2, "Limburg": 2,
    }  # fmt: skip
    for code, rings in several.items():
        named = [gemeente for ring in rings for gemeente in ring.areas]
        assert len(named) == len(set(named))
        assert not areas.filter(code__in=named).exclude(province=code).exists()
        assert areas.filter(code__in=named).count() == len(named)
        assert [ring.name for ring in rings if not ring.areas][1:] == []


@pytest.mark.parametrize(
    ("province", "gemeente", "name"),
    [("PV25", "GM0268", "Nijmegen"), ("PV25", "GM0200", "Arnhem"), ("PV31", "GM0983", "Venlo")],
)
def test_a_gemeente_knows_its_kieskring(province, gemeente, name):
    assert kieskring(province, gemeente).name == name


def test_a_province_with_one_kieskring_says_none():
    assert kieskring("PV22", "GM0106") is None


def test_the_page_of_a_gemeente_leads_to_the_bureaus_and_names_the_kieskring(areas, client):
    page = client.get("/kalender/gebied/nijmegen/").content.decode()

    assert "in Arnhem" in page
    assert "De Blomboogerd 1, Tiel" in page
    assert "Zo stond het in 2019 op" in page
    assert "kieskring Nijmegen" in page


def test_where_we_found_no_address_we_send_to_the_own_site(areas, client):
    page = client.get("/kalender/gebied/waterschap-vallei-en-veluwe/").content.decode()

    assert 'href="https://www.vallei-veluwe.nl"' in page
    assert "Zo stond het" not in page


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.leeuwarden.nl/verkiezingen/", "leeuwarden.nl"),
        ("https://haarlem.nl", "haarlem.nl"),
    ],
)
def test_a_site_is_named_as_people_know_it(address, name):
    assert site(address) == name


def test_in_a_text_it_is_one_line_with_the_year_of_what_we_found():
    assert bureaus()["W0663"].line == (
        "post: Postbus 5006, 7600 GA Almelo · "
        '<a href="mailto:verkiezingen@vechtstromen.nl">verkiezingen@vechtstromen.nl</a> (2022) · '
        '<a href="https://www.vechtstromen.nl/bestuur/verkiezingen/">vechtstromen.nl</a>'
    )
    assert bureaus()["PV25"].line == 'Arnhem · <a href="https://www.arnhem.nl">arnhem.nl</a>'
