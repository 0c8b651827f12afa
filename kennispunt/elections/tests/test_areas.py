"""The areas: our own list, its counts by date, and how an area is found."""

import csv
import io
import re
import shutil
from datetime import date
from math import dist
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from kennispunt.elections.finding import find
from kennispunt.elections.loading import DATA, load_areas
from kennispunt.elections.map import dots, lights
from kennispunt.elections.models import Area, AreaName, AreaSuccession, folded

TODAY = date(2026, 11, 24)


@pytest.fixture
def areas(starter):
    return Area.objects


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (date(2018, 3, 21), 380),
        (date(2019, 3, 20), 355),
        (date(2021, 3, 17), 352),
        (date(2022, 3, 16), 345),
        (date(2022, 3, 24), 344),
        (date(2023, 3, 15), 342),
        (date(2026, 3, 18), 342),
        (date(2026, 12, 31), 342),
        (date(2027, 1, 1), 341),
    ],
)
def test_number_of_municipalities(areas, on, count):
    assert areas.municipalities().valid_on(on).count() == count


def test_number_of_other_areas(areas):
    counts = {kind: areas.of_kind(kind).valid_on(TODAY).count() for kind in Area.Kind}
    assert counts == {"gemeente": 342, "provincie": 12, "waterschap": 21, "openbaar_lichaam": 3}


def test_loading_twice_changes_nothing(areas):
    before = [
        list(model.objects.order_by("pk").values()) for model in (Area, AreaName, AreaSuccession)
    ]
    call_command("load_areas", stdout=io.StringIO())
    after = [
        list(model.objects.order_by("pk").values()) for model in (Area, AreaName, AreaSuccession)
    ]
    assert after == before


def test_loading_keeps_what_editors_added_and_mends_the_rest(areas):
    assen = areas.get(code="GM0106")
    AreaName.objects.create(area=assen, name="Assen-Stad")
    areas.filter(code="GM0106").update(name="Asen")

    load_areas()

    assert list(areas.find("assen stad")) == [areas.get(code="GM0106", name="Assen")]


def test_every_municipality_knows_its_province_town_and_water_board(areas):
    now = areas.municipalities().valid_on(TODAY)
    assert now.filter(main_town="").count() == now.filter(latitude=None).count() == 0
    # The water board of Wijdemeren is not in the list of the Kiesraad any more.
    assert [area.name for area in now.filter(waterschappen=None)] == ["Wijdemeren"]
    assert areas.get(slug="assen").province == areas.get(slug="provincie-drenthe")


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("Bergen", ["bergen-l", "bergen-nh"]),
        ("Bergen (NH.)", ["bergen-nh"]),
        ("Bergen NH", ["bergen-nh"]),
        ("Hengelo", ["hengelo-o"]),
        ("Hengelo (O)", ["hengelo-o"]),
        ("gemeente Hengelo (O.)", ["hengelo-o"]),
        ("Den Haag", ["s-gravenhage"]),
        ("’s-Gravenhage", ["s-gravenhage"]),
        ("sudwest fryslan", ["sudwest-fryslan"]),
        ("Groningen", ["groningen", "provincie-groningen"]),
        ("Limburg", ["provincie-limburg", "waterschap-limburg"]),
        ("Wetterskip Fryslân", ["provincie-fryslan", "waterschap-fryslan"]),
        ("Haren", ["haren"]),
        ("Atlantis", []),
    ],
)
def test_a_name_gives_candidates(areas, name, slugs):
    assert sorted(areas.find(name).values_list("slug", flat=True)) == slugs


def test_folding_keeps_words_apart():
    assert folded("  Nuenen, Gerwen en\tNederwetten ") == "nuenen gerwen en nederwetten"


def test_succession_of_haaren_goes_four_ways(areas):
    haaren = areas.get(slug="haaren")
    assert haaren.valid_to == date(2021, 1, 1)
    assert sorted(step.new.name for step in haaren.successors.all()) == [
        "Boxtel", "Oisterwijk", "Tilburg", "Vught",
    ]  # fmt: skip
    assert not haaren.exists_on(date(2021, 1, 1))
    assert haaren.exists_on(date(2020, 12, 31))


def test_who_ends_has_a_successor_that_exists_from_that_day(areas):
    ended = areas.exclude(valid_to=None)
    assert ended.count() == 53
    for area in ended:
        assert area.successors.exists(), area
        for step in area.successors.all():
            assert step.date == area.valid_to, step
            assert step.new.exists_on(step.date), step


@pytest.mark.parametrize("slug", ["provincie-drenthe", "waterschap-vechtstromen"])
def test_parts_of_a_larger_area(areas, slug):
    area = areas.get(slug=slug)
    count = {"provincie-drenthe": 12, "waterschap-vechtstromen": 23}[slug]
    assert area.parts().valid_on(TODAY).count() == count == len(lights(area, TODAY))


# --- The map ------------------------------------------------------------------------------------


def test_dots_are_those_of_the_drawing(areas):
    drawing = Path(settings.BASE_DIR / "kennispunt/ui/templates/ui/dot_map.html").read_text("utf-8")
    drawn = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h0", drawing)}

    assert {dot[:2] for dot in dots(TODAY)} == drawn
    assert len(dots(TODAY)) == 342
    assert len(dots(date(2027, 1, 1))) == 341


def test_dots_cost_one_query(areas, django_assert_num_queries):
    with django_assert_num_queries(1):
        dots(TODAY)


def test_neighbours_lie_near_on_the_map(areas):
    place = {dot.slug: dot for dot in dots(TODAY)}
    assert place["texel"].x < place["schiermonnikoog"].x
    assert place["schiermonnikoog"].y < place["assen"].y < place["zwolle"].y < place["maastricht"].y


# Dots that touch are at most this far apart; the drawing shows water and borders as gaps.
TOUCHING = 16


def clusters(places):
    """How many places each group of touching dots has, the largest first."""
    left, found = set(places), []
    while left:
        group, edge = set(), [left.pop()]
        while edge:
            here = edge.pop()
            group.add(here)
            near = {other for other in left if dist(here, other) <= TOUCHING}
            left -= near
            edge += near
        found.append(len(group))
    return sorted(found, reverse=True)


def test_dots_of_a_province_lie_together(areas):
    """Apart lie only the islands, and what a gap in the drawing cuts off from the rest."""
    apart = {
        "provincie-fryslan": [14, 1, 1, 1, 1],
        "provincie-overijssel": [23, 2],
        "provincie-noord-holland": [26, 17, 1],
        "provincie-zeeland": [7, 6],
        "provincie-limburg": [25, 6],
    }
    provinces = areas.filter(kind="provincie")
    found = {one.slug: clusters(lights(one, TODAY)) for one in provinces}

    assert {slug: groups for slug, groups in found.items() if len(groups) > 1} == apart


def test_an_abolished_municipality_has_no_light(areas):
    assert lights(areas.get(slug="haren"), TODAY) == []


# --- What the database refuses ------------------------------------------------------------------

GEMEENTE = {
    "code": "GM9999", "kind": "gemeente", "name": "Nergenshuizen", "slug": "nergenshuizen",
    "kiesraad_code": "G9999", "eml_id": "9999", "province_id": "PV22",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"code": "PV99"}, "area_code_fits_its_kind"),
        ({"province_id": None}, "only_a_gemeente_has_a_province"),
        ({"valid_from": date(2020, 1, 1), "valid_to": date(2020, 1, 1)}, "area_ends_after"),
        ({"latitude": 52.0}, "area_lies_on_earth"),
        ({"latitude": 152.0, "longitude": 5.0}, "area_lies_on_earth"),
        ({"map_x": 5}, "dot_has_two_coordinates"),
        ({"slug": "assen"}, "slug"),
        ({"eml_id": "0106"}, "eml_id"),
    ],
)
def test_area_that_cannot_be(areas, change, constraint):
    Area(**GEMEENTE).full_clean()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Area.objects.create(**(GEMEENTE | change))


def test_area_does_not_succeed_itself(areas):
    with pytest.raises(IntegrityError, match="area_succeeds_another"), transaction.atomic():
        AreaSuccession.objects.create(old_id="GM0106", new_id="GM0106", date=TODAY)


# --- Bad files ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("GM0106,gemeente,", "GM0106,dorp,", "areas.csv, line .*unknown kind 'dorp'"),
        (",Assen,,PV22,", ",Assen,,PV99,", "areas.csv, line .*there is no area PV99"),
        ("52.9967", "north", "areas.csv, line .*could not convert"),
        ("GM0106,gemeente,G0106,0106,Assen,", "GM0106,", "areas.csv, line .*as many fields"),
        ("GM0106,gemeente,G0106,", "GM0106,gemeente,G0014,", "kiesraad_code"),
    ],
)
def test_bad_file_is_refused_whole(db, tmp_path, old, new, message):
    shutil.copytree(DATA, tmp_path / "data")
    file = tmp_path / "data" / "areas.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")

    with pytest.raises(ValidationError, match=message):
        load_areas(tmp_path / "data")
    assert Area.objects.count() == 0


# --- Against the official files -----------------------------------------------------------------


def official(file):
    with file.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=";")


@pytest.mark.thorough
def test_every_area_of_the_official_results_is_ours_on_that_day(areas, shared_data):
    codes = {area.kiesraad_code: area for area in areas.all()}
    files = sorted((shared_data / "uitslagen").glob("uitslag_[GPWE][RS]*.csv"))
    assert len(files) == 9
    for file in files:
        year, month, day = re.search(r"(\d{4})(\d\d)(\d\d)_", file.name).groups()
        for row in official(file):
            if row["Code"][0] in "GPWO":
                area = codes[row["Code"]]
                assert area.exists_on(date(int(year), int(month), int(day))), (file.name, area)
                assert area in areas.find(row.get("Gemeente") or row["Regio"])


def test_municipalities_are_those_of_the_cbs(areas, shared_data):
    with (shared_data / "areas/gemeenten_2025_cbs.csv").open(encoding="utf-8-sig") as lines:
        cbs = {
            (row["GemeentecodeGM"], row["Gemeentenaam"], row["ProvinciecodePV"])
            for row in csv.DictReader(lines)
        }
    ours = areas.municipalities().valid_on(date(2025, 1, 1))
    assert set(ours.values_list("code", "name", "province_id")) == cbs


# --- The back office ----------------------------------------------------------------------------

LIST = "/beheer/snippets/elections/area/"


def test_visitor_must_sign_in(areas, client):
    assert client.get(LIST).status_code == 302


def test_person_with_an_account_may_not_look(areas, client, make_user):
    client.force_login(make_user("anna"))
    assert client.get(LIST).status_code in {302, 403}


def test_an_area_with_many_names_is_listed_once(areas, client, make_user):
    client.force_login(make_user("eva", group="Editors"))

    found = client.get(LIST, {"q": "Bergen ("}).context["object_list"]

    assert [area.slug for area in found] == ["bergen-l", "bergen-nh"]


def test_editor_adds_a_way_of_writing_and_nothing_else(areas, client, make_user):
    client.force_login(make_user("eva", group="Editors"))

    assert client.get(LIST, {"q": "Assen"}).status_code == 200
    assert client.get(f"{LIST}add/").status_code in {302, 403, 404}
    assert client.post(f"{LIST}delete/GM0106/").status_code in {302, 403, 404}
    client.post(
        f"{LIST}edit/GM0106/",
        {
            "name": "Iets anders",
            "names-TOTAL_FORMS": "2", "names-INITIAL_FORMS": "1",
            "names-MIN_NUM_FORMS": "0", "names-MAX_NUM_FORMS": "1000",
            "names-0-id": AreaName.objects.get(area="GM0106").pk, "names-0-name": "Assen",
            "names-1-name": "Asn",
        },
    )  # fmt: skip

    assert [area.name for area in areas.find("asn")] == ["Assen"]


def test_one_is_in_a_town_and_on_an_island():
    assert Area(name="Assen").whereabouts == "in Assen"
    assert Area(name="Bonaire").whereabouts == "op Bonaire"


@pytest.mark.django_db
def test_a_book_is_no_area():
    """SQLite refuses to compare it with a name."""
    assert not find("a" * 60_000).areas
