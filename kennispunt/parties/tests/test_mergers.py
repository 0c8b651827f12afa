"""A merger is one act: seen before it is sent, and taken back for all at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from kennispunt.parties.models import Case, Lineage, Mandate, Party
from kennispunt.parties.tests.make import make_mandate, make_party
from tests.html import one_line

pytestmark = pytest.mark.django_db

ON = localdate() + timedelta(days=30)


@pytest.fixture
def desk(petra):
    client = Client()
    client.force_login(petra)
    return client


def page_of(party):
    return f"/balie/partijen/register/{party.key}/"


def merge(desk, party, others, **typed):
    typed = {
        "kind": "merged", "others": [one.pk for one in others], "new": "", "new_name": "Samen Assen",
        "on": ON, "source": "de statuten",
    } | typed  # fmt: skip
    data = {f"afkomst-{name}": value for name, value in typed.items()}
    return desk.post(f"{page_of(party)}afkomst/", data)


@pytest.fixture
def three(asser_kring, lokaal_hazelmeer, anna, carla):
    """Two parties with a manager each, and one without."""
    return [asser_kring, lokaal_hazelmeer, make_party("Dorpsbelang")]


def test_what_it_will_mail_is_shown_with_a_count_before_anything_happens(desk, three, outbox):
    first, *others = three
    page = merge(desk, first, others)

    assert page.status_code == 422
    assert "2 mensen krijgen nu deze mail" in page.text
    assert "Er verandert iets voor je partij" in page.text
    assert "Meld je aan" in page.text
    assert "Anna" not in page.text
    assert not Lineage.objects.exists()
    assert outbox() == []

    assert merge(desk, first, others, tell="on").status_code == 302
    assert Lineage.objects.count() == 3
    assert sorted(one.to for one in outbox()) == ["anna@example.org", "carla@example.org"]


def test_who_manages_two_of_them_is_mailed_once(desk, three, anna, outbox):
    first, second, third = three
    make_mandate(anna, second, manages=True)

    merge(desk, first, [second, third], tell="on")

    assert sorted(one.to for one in outbox()) == ["anna@example.org", "carla@example.org"]


def test_nobody_to_mail_is_nothing_to_confirm(desk, three):
    assert merge(desk, three[-1], []).status_code == 302


@pytest.mark.parametrize("from_whom", [0, 1, 2, "heir"])
def test_taken_back_from_anywhere_all_are_free_and_hear_so_once(desk, three, from_whom, outbox):
    first, *others = three
    until = localdate() + timedelta(days=90)
    Party.objects.filter(pk=others[0].pk).update(status_until=until)
    merge(desk, first, others, tell="on")
    heir = Party.objects.get(name="Samen Assen")
    where = heir if from_whom == "heir" else three[from_whom]
    one = Lineage.objects.filter(**({} if where == heir else {"old": where})).first()
    page = one_line(desk.get(page_of(where)).text)
    assert "Asser Kring, Dorpsbelang en Lokaal Hazelmeer zijn dan weer vrij" in page
    assert "2 mensen krijgen dan deze mail" in page
    assert "Er verandert toch niets voor je partij" in page
    before = len(outbox())

    desk.post(f"{page_of(where)}weg/afkomst/{one.pk}/")

    assert not Lineage.objects.exists()
    assert [Party.objects.get(pk=old.pk).status_until for old in three] == [None, until, None]
    heir.refresh_from_db()
    assert heir.status == Party.Status.NONE
    assert not Case.objects.open().exists()
    mailed = outbox()[before:]
    assert sorted(one.to for one in mailed) == ["anna@example.org", "carla@example.org"]
    assert {one.subject for one in mailed} == {"Er verandert toch niets voor je partij"}
    assert all(old.changes.filter(what__contains="klopte niet").exists() for old in three)


def test_another_merger_into_the_same_party_stays(desk, three, outbox):
    first, second, third = three
    merge(desk, first, [second], tell="on")
    heir = Party.objects.get(name="Samen Assen")
    merge(desk, third, [], new=heir.pk, new_name="", source="een brief van later")

    one = Lineage.objects.get(old=first)
    desk.post(f"{page_of(first)}weg/afkomst/{one.pk}/")

    assert [one.old for one in Lineage.objects.all()] == [third]
    heir.refresh_from_db()
    assert heir.status == Party.Status.APPLIED


def test_a_decision_that_was_taken_meanwhile_ends_when_the_party_goes_on(desk, three):
    first, *others = three
    merge(desk, first, others, tell="on")
    case = Case.objects.create(party=first, kind="register", due=ON, what_changed="x")

    desk.post(f"/balie/partijen/{case.pk}/", {"outcome": "eligible", "reason": "", "until": ""})

    first.refresh_from_db()
    assert first.status_until == ON - timedelta(days=1)
    one = Lineage.objects.get(old=first)
    desk.post(f"{page_of(first)}weg/afkomst/{one.pk}/")
    first.refresh_from_db()
    assert (first.status, first.status_until) == ("eligible", None)
    assert Mandate.objects.open().filter(party=first).exists()


@pytest.mark.parametrize(("on", "words"), [(ON, "gaat op in"), (localdate(), "ging op in")])
def test_what_changed_speaks_of_a_day_to_come_as_to_come(desk, three, on, words):
    first, *others = three
    merge(desk, first, others, on=on, tell="on")
    assert f": {words} “Samen Assen”." in first.changes.get().what
