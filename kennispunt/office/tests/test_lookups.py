"""The person at whom the staff looked is told, once a day, for a year."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from kennispunt.accounts import registry
from kennispunt.accounts.models import User
from kennispunt.office import retention
from kennispunt.office.lookups import looked
from kennispunt.office.models import Lookup

pytestmark = pytest.mark.django_db
PAGE = "/mijn/inzage/"


@pytest.fixture
def desk(rf, petra):
    request = rf.get("/balie/")
    request.user = petra
    return request


def test_a_lookup_knows_two_people_and_nothing_else():
    """A party would tell what somebody thinks: nothing here may lead to one."""
    related = {
        field.name: field.related_model for field in Lookup._meta.fields if field.is_relation
    }
    assert related == {"person": User, "staff": User}


def test_looking_is_told_once_a_day_to_others_than_who_looked(desk, anna, carla, petra):
    for _ in range(2):
        looked(desk, [anna, None, carla, petra, anna], "je aanmelding")

    found = Lookup.objects.values_list("person__name", "staff", "what", "on")
    assert sorted(found) == [
        (name, petra.pk, "je aanmelding", localdate()) for name in sorted((anna.name, carla.name))
    ]


def test_a_person_reads_who_looked_at_them_and_at_nobody_else(desk, anna, carla, client):
    looked(desk, [anna], "je bezwaar")
    client.force_login(anna)
    assert "je bezwaar" in client.get(PAGE).text
    client.force_login(carla)
    assert "je bezwaar" not in client.get(PAGE).text


def test_who_looked_is_told_for_a_year(desk, anna):
    looked(desk, [anna], "je aanmelding")

    assert retention.forget_lookups(now() + timedelta(days=364)) == 0
    assert retention.forget_lookups(now() + timedelta(days=367)) == 1


def test_a_person_takes_it_along_and_is_forgotten(desk, anna, petra):
    looked(desk, [anna], "je aanmelding")
    assert registry.export(anna)["inzage"] == [
        {"what": "je aanmelding", "on": localdate(), "staff__name": petra.name}
    ]
    registry.erase(anna)
    assert not Lookup.objects.exists()
