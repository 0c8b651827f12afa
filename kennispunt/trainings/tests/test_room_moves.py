"""A room that is elsewhere now: its people hear it, unless it was a slip of the pen."""

import pytest
from django.urls import reverse

from kennispunt.trainings.actions import editions
from kennispunt.trainings.models import Edition, Room
from kennispunt.trainings.tests.make import make_edition, make_room, sign_up
from kennispunt.trainings.tests.test_editions import appointments

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(make_user, client):
    person = make_user("petra", superuser=True)
    client.force_login(person)
    return person


def change(client, room, **changes):
    fields = {
        name: getattr(room, name)
        for name in ("name", "address", "postcode", "town", "travel", "parking", "accessibility", "contact")
    }  # fmt: skip
    data = fields | {"area": room.area_id, "seats": "", "has_induction_loop": "unknown", "tell": ""}
    return client.post(
        reverse("wagtailsnippets_trainings_room:edit", args=[room.pk]), data | changes
    )


def test_who_comes_and_who_gives_it_hear_that_the_room_moved(
    client, root, tess, anna, carla, outbox
):
    room = make_room()
    first, _ = (make_edition(days=days, trainer=tess, places=1) for days in (30, 40))
    sign_up(first, anna)
    sign_up(first, carla)
    make_edition(days=-5, trainer=tess)
    make_edition(days=20, status=Edition.Status.DRAFT, trainer=tess)
    before = len(outbox())

    answer = change(client, room, address="Kerkweg 4", tell="ja")

    assert answer.status_code == 302
    mails = outbox()[before:]
    assert sorted(one.to for one in mails) == sorted([anna.email, carla.email, tess.email])
    mine = next(one for one in mails if one.to == tess.email)
    assert mine.subject == "De zaal waar je training geeft, heeft een ander adres"
    assert "Kerkweg 4" in mine.text and "Singel 1" in mine.text
    assert len(appointments(mine)) == 2
    [(_, [event])] = appointments(next(one for one in mails if one.to == anna.email))
    assert "Kerkweg 4" in str(event["location"])
    assert event["sequence"] == 1


def test_address_that_changes_asks_first(client, root, tess, outbox):
    room = make_room()
    make_edition(trainer=tess)

    answer = change(client, room, address="Kerkweg 4")

    assert answer.status_code == 200
    assert "In deze zaal komt 1 editie" in answer.text
    assert (Room.objects.get().address, outbox()) == ("Singel 1", [])


def test_slip_of_the_pen_mails_nobody(client, root, tess, outbox):
    room = make_room()
    make_edition(trainer=tess)
    assert change(client, room, address="Singel 1a", tell="nee").status_code == 302
    assert (Room.objects.get().address, outbox()) == ("Singel 1a", [])


def test_room_where_nothing_comes_and_what_is_no_address_ask_nothing(client, root, tess, outbox):
    room = make_room()
    make_edition(days=-5, trainer=tess)
    assert change(client, room, address="Kerkweg 4").status_code == 302
    make_edition(trainer=tess)
    room.refresh_from_db()
    assert change(client, room, parking="Achter de zaal.").status_code == 302
    assert outbox() == []


def test_trainer_who_moves_it_herself_hears_nothing(tess, outbox):
    make_edition(trainer=tess)
    editions.room_moved(make_room(), "Singel 1, Assen", by=tess)
    assert outbox() == []
