"""A fact that changes says which pages of the calendar show it."""

import pytest

from kennispunt.elections.costs import ENDINGS, names
from kennispunt.facts import usage
from kennispunt.facts.models import Fact


@pytest.mark.parametrize(
    ("fact", "page"),
    [
        ("waarborgsom-naam-ps", "provinciale-staten"),
        ("steun-ws", "waterschap"),
        ("steun-gr-klein", "gemeenteraad"),
    ],
)
def test_calendar_names_its_pages(fact, page):
    assert any(page in use.address for use in usage.uses(fact))


def test_calendar_names_nothing_for_a_fact_it_does_not_show():
    assert [use for use in usage.uses("raadsleden-max") if "kalender" in use.address] == []


def test_names_of_the_calendar_are_facts(starter):
    """A name that no fact has would be told of by nobody."""
    known = set(Fact.objects.values_list("name", flat=True))
    unknown = {name for kind in ENDINGS for name in names(kind)} - known

    # What no law we read says of the islands and of the Tweede Kamer is not there.
    assert {name.rpartition("-")[2] for name in unknown} <= {"er", "kc", "tk"}
