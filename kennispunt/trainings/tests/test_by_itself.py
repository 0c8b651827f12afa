"""The clock, answers by mail, the calendar, retention; and killed in between."""

from datetime import UTC, date, timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate
from icalendar import Calendar

from kennispunt.mail.handlers import CannotHandle
from kennispunt.mail.models import OutgoingMail
from kennispunt.mail.parsing import parse
from kennispunt.mail.tests.make import make_raw
from kennispunt.office.staff import WorkList
from kennispunt.parties.models import Case
from kennispunt.parties.tests.make import APPLIED, make_mandate, make_party
from kennispunt.trainings import calendars, desk, replies, retention
from kennispunt.trainings.actions import editions, places, reminding
from kennispunt.trainings.models import Notice, Registration
from kennispunt.trainings.tests.make import amsterdam, make_edition, make_parties, sign_up

pytestmark = pytest.mark.django_db

State = Registration.State


@pytest.fixture
def offer(anna, carla):
    edition = make_edition(places=1)
    [place] = sign_up(edition, anna)
    [waits] = sign_up(edition, carla)
    places.cancel(place)
    waits.refresh_from_db()
    return waits


def sent(mail, status=OutgoingMail.Status.SENT):
    OutgoingMail.objects.filter(pk=mail.pk).update(status=status, ended_at=timezone.now())


# --- Offers and mail that does not go ------------------------------------------------------------


def test_an_offer_whose_mail_never_left_does_not_lapse(offer, outbox):
    """A mail server that was away for a day takes nobody's place."""
    day_after = timezone.now() + timedelta(hours=25)
    assert places.lapse_offers(day_after) == 0

    offer.refresh_from_db()
    assert (offer.state, offer.offers) == (State.OFFERED, 1)
    assert offer.offered_until > day_after
    assert offer.offer_mail == outbox()[-1]


def test_an_offer_whose_mail_left_lapses(offer):
    sent(offer.offer_mail)
    assert places.lapse_offers(timezone.now() + timedelta(hours=25)) == 1


def test_an_offer_that_came_back_lapses(offer):
    sent(offer.offer_mail, OutgoingMail.Status.FAILED)
    assert places.lapse_offers(timezone.now() + timedelta(hours=25)) == 1


def test_filling_again_offers_nobody_twice(offer, outbox):
    before = len(outbox())
    assert places.fill_all() == 0
    assert places.fill_all() == 0
    assert len(outbox()) == before


def test_a_worker_killed_while_offering_leaves_all_or_nothing(anna, make_user, monkeypatch):
    """The offer and its mail are one transaction: dead in between is as if it never began."""
    edition = make_edition(places=1)
    sign_up(edition, anna)
    for person in make_parties(make_user, 2):
        sign_up(edition, person)
    type(edition).objects.filter(pk=edition.pk).update(places=3)

    def killed(registration):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(places.letters, "offered", killed)
        with pytest.raises(KeyboardInterrupt):
            places.fill(edition)
    assert not edition.registrations.offered().exists()

    assert places.fill_all() == 2
    assert places.fill_all() == 0
    offers = OutgoingMail.objects.filter(purpose="trainings.offered")
    assert offers.count() == 2


# --- Reminders -----------------------------------------------------------------------------------


def test_everyone_with_a_place_is_reminded_once(anna, carla, outbox):
    edition = make_edition(days=10, places=1)
    sign_up(edition, anna)
    sign_up(edition, carla)
    assert reminding.remind(timezone.now()) == 0
    soon = edition.starts_at - timedelta(days=2)
    assert reminding.remind(soon) == 1
    assert reminding.remind(soon) == 0

    assert outbox()[-1].subject == "Over een paar dagen is je training"
    assert outbox()[-1].to == "anna@example.org"
    assert "/trainingen/plek/" in outbox()[-1].text


def test_who_signed_up_yesterday_needs_no_reminder(anna):
    edition = make_edition(days=2)
    sign_up(edition, anna)
    assert reminding.remind(timezone.now()) == 0


def test_a_meeting_that_moved_is_reminded_of_anew(anna):
    edition = make_edition(days=10)
    sign_up(edition, anna)
    reminding.remind(edition.starts_at - timedelta(days=2))
    moved = edition.starts_at + timedelta(days=7)
    edition.meetings.update(starts_at=moved, ends_at=moved + timedelta(hours=2))
    assert reminding.remind(moved - timedelta(days=2)) == 1
    assert Notice.objects.count() == 2


# --- Answers by mail -----------------------------------------------------------------------------


def mail(words, **headers):
    return parse(make_raw(words, **({"From": "Carla <carla@example.org>"} | headers)))


def key(registration):
    return f"{registration.pk}_{registration.offers}"


@pytest.mark.parametrize("words", ["JA", "ja, graag!", "Ja\n\nGroet, Carla", "Ja hoor."])
def test_yes_by_mail_takes_the_place(offer, words):
    replies.answer(mail(words), key(offer))
    offer.refresh_from_db()
    assert offer.state == State.PLACED


@pytest.mark.parametrize("words", ["NEE", "nee, dank je", "Ik kan helaas niet."])
def test_no_by_mail_passes_it_on(offer, words):
    replies.answer(mail(words), key(offer))
    offer.refresh_from_db()
    assert offer.state == State.CANCELLED


@pytest.mark.parametrize(
    "words",
    [
        "Kan ik een collega sturen?",
        "Ja, maar ik kom later. Mag dat?",
        "JA! Ik kan niet wachten",
        "Ja graag. Bram kan helaas niet.",
        "Ik kan niet eerder dan acht uur",
        "Ja\n\nMag mijn hond mee?",
        "",
        "ja " * 90,
        "Ja\nof nee, toch niet",
        "Ik kan niet\nMijn collega komt in mijn plaats.",
        "Ja\n\nGroet,\nBram",
    ],
)
def test_what_is_no_yes_or_no_a_person_reads(offer, words):
    with pytest.raises(CannotHandle):
        replies.answer(mail(words), key(offer))
    offer.refresh_from_db()
    assert offer.state == State.OFFERED


def test_a_greeting_and_a_closing_are_no_part_of_the_answer(offer):
    words = "Goedenavond,\n\nJa, ik kom graag.\n\nMet vriendelijke groet,\nCarla"
    replies.answer(mail(words), key(offer))
    offer.refresh_from_db()
    assert offer.state == State.PLACED


def test_a_subject_that_says_the_reverse_makes_a_person_read_it(offer):
    with pytest.raises(CannotHandle):
        replies.answer(mail("Ja", Subject="Afmelding"), key(offer))


@pytest.mark.parametrize("number", ["abc", "", "1e3", "²", "99999999999999999999", "abc_1"])
def test_a_number_that_is_none_is_said_in_words(offer, number):
    with pytest.raises(CannotHandle):
        replies.answer(mail("Ja"), number)


def test_yes_too_late_is_answered(offer, outbox):
    replies.answer(mail("ja"), f"{offer.pk}_0")
    assert outbox()[-1].subject == "Je antwoord kwam te laat"


def test_no_to_a_place_that_one_has_a_person_reads(anna):
    [place] = sign_up(make_edition(), anna)
    with pytest.raises(CannotHandle):
        replies.answer(mail("Nee"), key(place))
    place.refresh_from_db()
    assert place.state == State.PLACED


def test_who_passes_on_by_mail_is_told(offer, outbox):
    replies.answer(mail("nee"), key(offer))
    assert outbox()[-1].subject == "Je bent afgemeld voor de training"
    assert b"text/calendar" not in outbox()[-1].message


def test_who_signs_up_anew_has_another_appointment(anna):
    """A calendar keeps what was cancelled: the same appointment would not come back."""
    edition = make_edition()
    [first] = sign_up(edition, anna)
    places.cancel(first)
    [second] = sign_up(edition, anna)
    made = [
        calendars.invitations(edition, of=one.pk, to="a@example.org") for one in (first, second)
    ]
    uids = [str(events(attached.content)[0]["UID"]) for [attached] in made]
    assert len(set(uids)) == 2


def test_cannot_come_by_mail_gives_up_the_place(anna):
    [place] = sign_up(make_edition(), anna)
    replies.answer(mail("Hoi, ik kan niet."), key(place))
    place.refresh_from_db()
    assert place.state == State.CANCELLED


# --- The calendar --------------------------------------------------------------------------------


def events(raw):
    return Calendar.from_ical(raw).walk("VEVENT")


def test_the_appointment_is_valid_in_dutch_time_over_midnight_and_in_october(anna):
    """In the night of 30 to 31 October 2027 the clock goes back at three."""
    edition = make_edition(starts_at=amsterdam(2027, 10, 30, 19, 30), hours=5)
    night = make_edition(starts_at=amsterdam(2027, 10, 30, 23, 0).astimezone(UTC), hours=5)
    [attached] = calendars.invitations(edition, of=1, to="anna@example.org")

    calendar = Calendar.from_ical(attached.content)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    [event] = events(attached.content)
    assert event["DTSTART"].to_ical() == b"20271030T193000"
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event.end.astimezone(event.start.tzinfo).isoformat() == "2027-10-31T00:30:00+02:00"
    [attached] = calendars.invitations(night, of=1, to="a@example.org")
    [late] = events(attached.content)
    assert late.end.timestamp() - late.start.timestamp() == 5 * 3600


def test_cancelling_takes_it_out_of_the_calendar(anna, outbox):
    [place] = sign_up(make_edition(), anna)
    [made] = calendars.invitations(place.edition, of=place.pk, to="anna@example.org")
    [off] = calendars.invitations(place.edition, of=place.pk, to="anna@example.org", cancelled=True)

    [before], [after] = events(made.content), events(off.content)
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["STATUS"] == "CANCELLED"
    assert b"METHOD:CANCEL" in off.content


def test_a_calendar_knows_no_party_and_no_question(anna):
    [place] = sign_up(make_edition(), anna, question="Geheim")
    [attached] = calendars.invitations(place.edition, of=place.pk, to="anna@example.org")
    content = attached.content
    assert b"Asser Kring" not in content
    assert b"Geheim" not in content


# --- Forgetting ----------------------------------------------------------------------------------


def test_what_we_forget_and_when(anna, carla, make_user):
    edition = make_edition(days=10, places=2)
    sign_up(edition, anna, question="Hoe?", diet="noten", access="lift")
    sign_up(edition, carla)
    [other] = make_parties(make_user, 1)
    sign_up(edition, other)
    over = edition.ends_at

    assert retention.forget_needs(over) == 0
    assert retention.forget_needs(over + timedelta(days=1, hours=1)) == 1
    assert retention.forget_questions(over + timedelta(days=31)) == 1
    assert retention.forget_attendance(over + timedelta(days=729)) == 0
    assert retention.forget_attendance(over + timedelta(days=731)) == 3
    rows = edition.registrations.values_list("state", "person", "booked_by", "role").distinct()
    assert set(rows) == {("placed", None, None, ""), ("ended", None, None, "")}
    assert retention.forget_attendance(over + timedelta(days=731)) == 0


def test_what_the_desk_wrote_goes_with_who_was_there(anna, petra):
    edition = make_edition()
    sign_up(edition, anna)
    sent = editions.mail_part(edition, part="placed", subject="Tot dan", body="Neem mee.", by=petra)
    assert retention.forget_mails(sent.sent_at + timedelta(days=729)) == 0
    assert retention.forget_mails(sent.sent_at + timedelta(days=731)) == 1


# --- The desk ------------------------------------------------------------------------------------


def test_a_party_with_a_provisional_place_is_decided_before_it_begins(make_user, petra, tess):
    person = make_user("gijs")
    party = make_party("Lindewaard", **APPLIED)
    make_mandate(person, party, accepted_on=None)
    Case.objects.create(party=party, kind=Case.Kind.APPLICATION, due=date(2026, 12, 1))
    edition = make_edition()
    assert WorkList(desk.undecided(petra))[:] == []
    sign_up(edition, person)

    [one] = WorkList(desk.undecided(petra))[:]
    assert one.due == localdate(edition.starts_at)
    assert "Lindewaard" not in one.title
    assert WorkList(desk.undecided(tess))[:] == []
