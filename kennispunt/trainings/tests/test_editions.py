"""Editions: planned, copied, published, moved, cancelled; and what people hear of it."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.timezone import localtime
from icalendar import Calendar

from kennispunt.mail.models import OutgoingMail
from kennispunt.parties.tests.make import APPLIED, make_mandate, make_party
from kennispunt.trainings.actions import by_hand, editions, places
from kennispunt.trainings.finding import nearest_instead
from kennispunt.trainings.models import Attendance, Edition, Registration
from kennispunt.trainings.tests.make import (
    amsterdam,
    make_edition,
    make_parties,
    make_room,
    make_training,
    replan,
    sign_up,
)
from kennispunt.ui.rows import TooLate

pytestmark = pytest.mark.django_db

State, Status = Registration.State, Edition.Status


def evening(days=40, hours=2, **at):
    start = (timezone.now() + timedelta(days=days)).replace(microsecond=0, **at)
    return (start, start + timedelta(hours=hours))


def appointments(mail):
    """The calendar files of a mail: (method, [event, …]) each."""
    import email

    parts = email.message_from_bytes(bytes(mail.message)).walk()
    files = [one for one in parts if one.get_content_type() == "text/calendar"]
    found = [Calendar.from_ical(one.get_payload(decode=True)) for one in files]
    return [(str(one["method"]), one.walk("VEVENT")) for one in found]


# --- The Dutch clock -----------------------------------------------------------------------------


# --- Planning ------------------------------------------------------------------------------------


def test_a_new_edition_is_a_draft_that_nobody_sees(client):
    later, sooner = evening(days=47), evening(days=40)
    edition = editions.create(
        meetings=[later, sooner], training=make_training(), room=make_room(), places=12
    )

    assert edition.status == Status.DRAFT
    assert (edition.starts_at, edition.ends_at) == (sooner[0], later[1])
    assert edition.moments == [sooner, later]
    assert client.get(edition.get_absolute_url()).status_code == 404


def test_two_meetings_at_once_are_refused():
    start, end = evening()
    with pytest.raises(ValidationError):
        editions.create(
            meetings=[(start, end), (start + timedelta(hours=1), end)], training=make_training()
        )


def test_a_series_keeps_the_hours_over_the_change_of_the_clock(tess):
    edition = make_edition(
        starts_at=amsterdam(2026, 10, 20, 19, 30),
        evenings=2,
        places=9,
        closes_at=amsterdam(2026, 10, 18, 12, 0),
    )
    room = make_room("Het Nieuwe Huis", town="Emmen")
    made = editions.series(
        edition,
        [
            editions.Again(date(2026, 11, 10), room=room, trainer=tess),
            editions.Again(date(2026, 11, 12), online_link="https://example.org/ruimte"),
        ],
    )

    assert [one.status for one in made] == [Status.DRAFT, Status.DRAFT]
    first = [localtime(one.starts_at) for one in made[0].meetings.all()]
    assert [f"{one:%d-%m %H:%M}" for one in first] == ["10-11 19:30", "17-11 19:30"]
    assert (made[0].room, made[0].trainer, made[0].places) == (room, tess, 9)
    assert (made[1].room, made[1].online_link) == (None, "https://example.org/ruimte")
    assert f"{localtime(made[0].closes_at):%d-%m %H:%M}" == "08-11 12:00"


def test_a_draft_is_published_once():
    edition = make_edition(status=Status.DRAFT)

    assert editions.publish(edition) == edition
    with pytest.raises(TooLate):
        editions.publish(edition)
    assert Edition.objects.open().get() == edition


def test_what_has_been_is_not_published():
    with pytest.raises(ValidationError):
        editions.publish(make_edition(status=Status.DRAFT, days=-1))


def test_only_a_draft_is_thrown_away():
    draft, open_one = make_edition(status=Status.DRAFT), make_edition()

    gone = Edition(pk=draft.pk)
    editions.discard(draft)
    with pytest.raises(TooLate):
        editions.discard(gone)
    with pytest.raises(ValidationError):
        editions.discard(open_one)


# --- Moving --------------------------------------------------------------------------------------


def test_who_has_a_place_hears_that_it_moved(anna, carla, outbox):
    edition = make_edition(places=1)
    [uid] = [str(one["uid"]) for one in appointments_of(sign_up(edition, anna), outbox)]
    sign_up(edition, carla)
    before = len(outbox())

    told = replan(edition, meetings=[evening(days=41)], room=make_room("De Hoek"))

    assert told == 2
    anna_hears, carla_hears = outbox()[before:]
    assert (anna_hears.to, carla_hears.to) == ("anna@example.org", "carla@example.org")
    [(method, [event])] = appointments(anna_hears)
    assert (method, str(event["uid"]), event["sequence"]) == ("REQUEST", uid, 1)
    assert event.decoded("dtstart") == edition.meetings.get().starts_at
    assert appointments(carla_hears) == []
    edition.refresh_from_db()
    assert (edition.sequence, edition.room.name) == (1, "De Hoek")
    assert edition.starts_at == edition.meetings.get().starts_at


def appointments_of(_, outbox):
    [(_, events)] = appointments(outbox()[-1])
    return events


def test_the_same_again_moves_nothing(anna, outbox):
    edition = make_edition()
    sign_up(edition, anna)

    assert replan(edition) == 0
    assert len(outbox()) == 1
    edition.refresh_from_db()
    assert edition.sequence == 0


def test_a_meeting_that_is_dropped_leaves_the_calendar(anna, outbox):
    edition = make_edition(evenings=3)
    sign_up(edition, anna)
    first, second, third = edition.meetings.all()

    replan(edition, meetings=[edition.moments[i] for i in (0, 2)])

    found = appointments(outbox()[-1])
    assert [method for method, _ in found] == ["REQUEST", "REQUEST", "CANCEL"]
    uids = [str(one["uid"]).split("@")[0].split("-")[1] for _, [one] in found]
    assert uids == [str(one.pk) for one in (first, third, second)]
    assert [str(one["status"]) for _, [one] in found] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_a_meeting_where_people_were_marked_stays(anna):
    edition = make_edition(days=-1, evenings=2)
    place = Registration.objects.create(
        edition=edition, person=anna, party=make_party("Nog een"), state=State.PLACED, seat=1,
        signed_up_at=timezone.now(), changed_at=timezone.now(),
    )  # fmt: skip
    first = edition.meetings.first()
    Attendance.objects.create(registration=place, meeting=first, was_there=True)

    with pytest.raises(ValidationError):
        replan(edition, meetings=edition.moments[1:])
    assert edition.meetings.count() == 2


def test_the_address_of_an_online_room_goes_to_who_has_a_place(anna, carla, make_user, outbox):
    edition = make_edition(room=None, places=2)
    sign_up(edition, anna)
    waiting_for_us = make_user("wim")
    make_mandate(waiting_for_us, make_party("Wacht Nog", **APPLIED))
    sign_up(edition, waiting_for_us)
    sign_up(edition, carla)
    before = len(outbox())

    replan(edition, online_link="https://example.org/ruimte")

    mails = outbox()[before:]
    assert {mail.to for mail in mails} == {"anna@example.org", "wim@example.org"}
    assert all("https://example.org/ruimte" in mail.text for mail in mails)
    edition.refresh_from_db()
    assert edition.sequence == 0


def test_what_stands_in_the_agenda_does_not_become_another_training(anna):
    edition = make_edition()
    sign_up(edition, anna)
    with pytest.raises(ValidationError) as problem:
        editions.change(
            edition, meetings=edition.moments, room=edition.room, places=16,
            training=make_training("debat", title="Debatteren"),
        )  # fmt: skip
    assert problem.value.code == "training"


def test_moving_what_is_over_mails_nobody(anna, outbox):
    edition = make_edition(days=30)
    sign_up(edition, anna)
    late = edition.ends_at + timedelta(days=1)
    moved = [(start - timedelta(hours=1), end) for start, end in edition.moments]

    assert replan(edition, meetings=moved, now=late) == 0
    assert len(outbox()) == 1


def test_an_offer_ends_when_it_begins(anna, carla):
    edition = make_edition(places=1, days=30)
    [place] = sign_up(edition, anna)
    sign_up(edition, carla)
    places.cancel(place)
    soon = (timezone.now() + timedelta(hours=5)).replace(microsecond=0)

    replan(edition, meetings=[(soon, soon + timedelta(hours=2))])

    assert edition.registrations.offered().get().offered_until == soon


def test_who_changes_what_a_colleague_changed_is_told(anna):
    edition = make_edition()
    seen = edition.changed_at
    planned = {"meetings": edition.moments, "room": edition.room, "seen": seen}
    editions.change(edition, **planned, places=20, bring="Een laptop")
    with pytest.raises(ValidationError) as problem:
        editions.change(edition, **planned, places=8, bring="Niets")

    assert problem.value.code == "seen"
    edition.refresh_from_db()
    assert (edition.places, edition.bring) == (20, "Een laptop")


@pytest.mark.django_db(transaction=True)
def test_an_edition_that_moves_while_people_sign_up(make_user):
    """Everyone ends with one place and, as the last word, a mail with the last time."""
    edition = make_edition(places=6)
    people = make_parties(make_user, 8)
    ready, problems = threading.Barrier(3), []

    def join(some):
        try:
            ready.wait(30)
            for person in some:
                sign_up(edition, person)
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    halves = [threading.Thread(target=join, args=[people[i::2]]) for i in range(2)]
    for half in halves:
        half.start()
    ready.wait(30)
    for days in (41, 42, 43):
        replan(edition, meetings=[evening(days=days)])
    for half in halves:
        half.join()

    assert problems == []
    edition.refresh_from_db()
    assert (edition.sequence, edition.registrations.placed().count()) == (3, 6)
    assert edition.registrations.waiting().count() == 2
    shown = f"{localtime(edition.starts_at):%H.%M}"
    day = f"{localtime(edition.starts_at).day} "
    for person in people:
        last = OutgoingMail.objects.filter(to=person.email).order_by("pk").last()
        now = last.text.split("Zo was het")[0]
        assert shown in now
        assert day in now


# --- Places --------------------------------------------------------------------------------------


def test_more_places_are_offered_to_who_waits(anna, carla, outbox):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    sign_up(edition, carla)

    replan(edition, places=2)

    assert edition.registrations.offered().get().person == carla
    assert outbox()[-1].subject == "Er is een plek vrij. Wil je hem?"


def test_never_fewer_places_than_are_given(anna, bram):
    edition = make_edition(places=4)
    sign_up(edition, anna, bram)

    with pytest.raises(ValidationError) as problem:
        replan(edition, places=1)
    assert problem.value.messages == ["Er zijn al 2 plekken gegeven."]
    replan(edition, places=2)


def test_it_goes_ahead_with_who_is_there(anna):
    edition = make_edition(minimum=6)
    sign_up(edition, anna)
    editions.go_ahead(edition)

    edition.refresh_from_db()
    assert edition.minimum == 1


# --- Cancelling ----------------------------------------------------------------------------------


def test_everyone_hears_once_that_it_is_off_and_where_else(anna, carla, outbox):
    edition = make_edition(places=1)
    other_training = make_training("debatteren", title="Debatteren")
    make_edition(days=35, training=other_training)
    full = make_edition(days=36, places=1)
    instead = make_edition(days=50)
    sign_up(full, make_waiter(carla))
    sign_up(edition, anna)
    sign_up(edition, carla)
    before = len(outbox())

    assert editions.cancel(edition, reason="De trainer is ziek.") == 2
    with pytest.raises(TooLate):
        editions.cancel(edition)

    anna_hears, carla_hears = outbox()[before:]
    assert {anna_hears.to, carla_hears.to} == {"anna@example.org", "carla@example.org"}
    assert f"/trainingen/leden-werven/{instead.pk}/" in anna_hears.text
    assert "De trainer is ziek." in anna_hears.text
    [(method, [event])] = appointments(anna_hears)
    assert (method, str(event["status"]), event["sequence"]) == ("CANCEL", "CANCELLED", 1)
    assert appointments(carla_hears) == []
    assert {one.state for one in edition.registrations.all()} == {State.ENDED}
    edition.refresh_from_db()
    assert edition.status == Status.CANCELLED


def make_waiter(like):
    from kennispunt.accounts.models import User

    person = User.objects.create_user("vol@example.org", "kennispunt", name="Vol")
    make_mandate(person, make_party("Vol Bezet"))
    return person


def test_instead_is_the_nearest_with_places(starter):
    from kennispunt.elections.models import Area

    def room(code):
        area = Area.objects.get(code=code)
        return make_room(f"Zaal {area.name}", town=area.name, area=area)

    edition = make_edition(room=room("GM0106"))  # Assen
    far = make_edition(days=31, room=room("GM0935"))  # Maastricht
    near = make_edition(days=60, room=room("GM1730"))  # Tynaarlo
    now = timezone.now()

    assert nearest_instead(edition, now) == near
    near.places = 1
    near.save()
    person = make_waiter(None)
    sign_up(near, person)
    assert nearest_instead(edition, now) == far


def test_a_draft_and_what_has_begun_are_not_cancelled():
    for edition in (make_edition(status=Status.DRAFT), make_edition(days=-1, evenings=2)):
        with pytest.raises(ValidationError):
            editions.cancel(edition)


def test_a_worker_killed_while_cancelling_leaves_it_as_it_was(anna, carla, monkeypatch, outbox):
    edition = make_edition()
    sign_up(edition, anna)
    sign_up(edition, carla)
    written = len(outbox())
    called_off, told = editions.letters.called_off, []

    def killed_at_the_second(registration, **context):
        if told:
            raise KeyboardInterrupt
        told.append(registration)
        called_off(registration, **context)

    monkeypatch.setattr(editions.letters, "called_off", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        editions.cancel(edition)
    monkeypatch.undo()

    edition.refresh_from_db()
    assert (edition.status, len(outbox())) == (Status.OPEN, written)
    assert editions.cancel(edition) == 2
    assert len(outbox()) == written + 2


# --- Mail to a part ------------------------------------------------------------------------------


def test_mail_to_a_part_goes_once_to_each(anna, carla, petra, outbox):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    sign_up(edition, carla)
    before = len(outbox())
    mail = {"subject": "Kom via de achterdeur", "body": "De voordeur is dicht.\n\n* echt *"}

    sent = editions.mail_part(edition, part="placed", **mail, by=petra)
    with pytest.raises(TooLate):
        editions.mail_part(edition, part="placed", **mail, by=petra)

    [letter] = outbox()[before:]
    assert (letter.to, letter.about, sent.count) == (
        "anna@example.org", "Kom via de achterdeur", 1
    )  # fmt: skip
    assert f"Hallo {anna.name}," in letter.text and "/trainingen/plek/" in letter.text
    assert "De voordeur is dicht." in letter.text
    assert "* echt *" in letter.text
    editions.mail_part(edition, part="all", **mail, by=petra)
    assert len(outbox()) == before + 3


def test_there_and_no_show_are_who_was_marked(anna, bram, carla, petra):
    edition = make_edition(evenings=2)
    [one, two] = sign_up(edition, anna, bram)
    [three] = sign_up(edition, carla)
    first, second = edition.meetings.all()
    Attendance.objects.create(registration=one, meeting=first, was_there=False)
    Attendance.objects.create(registration=one, meeting=second, was_there=True)
    Attendance.objects.create(registration=two, meeting=first, was_there=False)

    assert list(edition.registrations.in_part("there")) == [one]
    assert list(edition.registrations.in_part("no_show")) == [two]
    assert list(edition.registrations.in_part("placed")) == [one, two, three]


def test_nobody_to_mail_is_said(petra):
    with pytest.raises(ValidationError):
        editions.mail_part(make_edition(), part="waiting", subject="A", body="B", by=petra)


# --- By hand -------------------------------------------------------------------------------------


def test_the_desk_signs_somebody_up_also_when_signing_up_is_closed(anna, petra, outbox):
    edition = make_edition(closes_at=timezone.now() - timedelta(hours=1), max_per_party=1)
    party = anna_party(anna)
    made = by_hand.put_on(edition, party=party, person=anna, by=petra)

    assert (made.state, made.seat) == (State.PLACED, 1)
    assert outbox()[-1].to == "anna@example.org"
    with pytest.raises(ValidationError) as problem:
        by_hand.put_on(edition, party=party, person=anna, by=petra)
    assert problem.value.code == "twice"


def anna_party(person):
    from kennispunt.parties.permissions import mandates_of

    return mandates_of(person)[0].party


def test_the_desk_puts_nobody_on_for_a_party_that_is_not_theirs(anna, lokaal_hazelmeer, petra):
    with pytest.raises(ValidationError) as problem:
        by_hand.put_on(make_edition(), party=lokaal_hazelmeer, person=anna, by=petra)
    assert problem.value.code == "stranger"


def test_promoting_needs_a_free_place(anna, carla):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    [waits] = sign_up(edition, carla)
    with pytest.raises(ValidationError) as problem:
        by_hand.promote(waits)
    assert problem.value.code == "full"

    replan(edition, places=2)  # Carla is offered it, and says yes on the phone
    assert by_hand.promote(waits) == waits
    with pytest.raises(TooLate):
        by_hand.promote(waits)
    waits.refresh_from_db()
    assert (waits.state, waits.seat) == (State.PLACED, 2)
