"""What search finds of the calendar and of areas."""

import pytest
from django.utils.timezone import localdate

from kennispunt.elections.calendar import next_election
from kennispunt.elections.models import Area, AreaName
from kennispunt.elections.searchable import CALENDAR, areas, calendars
from kennispunt.search import index
from kennispunt.search.find import search
from kennispunt.search.models import SearchEntry


@pytest.fixture
def staten():
    """The next election of the Provinciale Staten: one that is past is not looked for."""
    return next_election("PS", localdate())


@pytest.fixture
def loaded(starter, staten):
    known = SearchEntry.objects.filter(kind=CALENDAR).values_list("key", flat=True)
    index.update(CALENDAR, *known, *(entry.key for entry in calendars()))


def first(question):
    best = search(question).best
    return best.kind, best.key


def test_areas_are_found_by_each_of_their_names_as_soon_as_they_are_loaded(
    loaded, django_assert_max_num_queries
):
    assert first("kalender Assen") == ("gebied", "GM0106")
    assert first("Den Haag") == ("gebied", "GM0518")
    assert first("provincie Utrecht") == ("gebied", "PV26")
    assert first("hengelo o") == ("gebied", "GM0164")

    AreaName.objects.create(area_id="GM0106", name="Kwispelmond")
    assert first("kwispelmond") == ("gebied", "GM0106")

    with django_assert_max_num_queries(4):  # for one and for all
        assert len(list(areas())) == Area.objects.count()


def test_a_day_is_found_and_opened_where_it_stands(loaded, staten):
    assert first(f"kalender provinciale staten {staten.voting.year}") == ("kalender", staten.slug)
    urls = [hit.url for hit in search("wanneer moet ik mijn naam registreren").hits()]
    assert f"/kalender/{staten.slug}/#registratie" in urls
