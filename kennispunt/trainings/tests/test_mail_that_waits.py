"""An answer that a person must read stops the clock; and what that person can do then."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone

from kennispunt.mail import intake
from kennispunt.mail.models import IncomingMail, Mailbox, OutgoingMail
from kennispunt.mail.tests.make import make_raw
from kennispunt.office import desk
from kennispunt.trainings import calendars
from kennispunt.trainings.actions import places
from kennispunt.trainings.models import Registration
from kennispunt.trainings.tests.make import delivered, make_edition, sign_up

pytestmark = pytest.mark.django_db

State = Registration.State
DAY = timedelta(hours=25)
UNCLEAR = "Kan ik een collega sturen?"


@pytest.fixture
def offer(anna, carla):
    """Carla waits, Anna gives up her place: it is offered to Carla."""
    edition = make_edition(places=1)
    [place] = sign_up(edition, anna)
    [waits] = sign_up(edition, carla)
    places.cancel(place)
    waits.refresh_from_db()
    delivered()
    return waits


@pytest.fixture
def place(anna):
    [place] = sign_up(make_edition(), anna)
    delivered()
    return place


def our_mail(registration):
    return OutgoingMail.objects.filter(to=registration.person.email).latest("pk")


def answers(registration, text, sender=None, **headers):
    """Answer the last mail about this place, as a mail program does."""
    mail = our_mail(registration)
    to = str(mail.parsed["Reply-To"])
    headers = {"To": to, "From": sender or registration.person.email} | headers
    return receive(make_raw(text, In_Reply_To=mail.message_id, **headers))


def receive(raw):
    mail = intake.keep(raw, via="test")
    intake.handle.call()
    mail.refresh_from_db()
    return mail


def page(mail):
    return f"/beheer/mail/binnen/{mail.pk}/"


# --- The clock ------------------------------------------------------------------------------------


@pytest.mark.parametrize("sender", ["carla@example.org", "carla.thuis@example.com"])
def test_an_offer_does_not_lapse_while_its_answer_waits_for_a_person(offer, sender):
    mail = answers(offer, UNCLEAR, sender)
    assert mail.status == "waiting"

    assert places.lapse_offers(timezone.now() + DAY) == 0

    offer.refresh_from_db()
    assert offer.state == State.OFFERED


def test_an_answer_to_the_sender_instead_of_the_address_for_answers_counts_too(offer):
    answers(offer, UNCLEAR, To="info@kennispunt.example")

    assert places.lapse_offers(timezone.now() + DAY) == 0


def test_an_answer_that_comes_when_the_offer_is_over_holds_nothing_up(offer):
    answers(offer, UNCLEAR)
    IncomingMail.objects.update(received_at=offer.offered_until + timedelta(minutes=1))

    assert places.lapse_offers(timezone.now() + DAY) == 1


def test_an_answer_about_another_place_holds_nothing_up(offer, place):
    answers(place, UNCLEAR)

    assert places.lapse_offers(timezone.now() + DAY) == 1


def test_a_clock_that_is_stopped_goes_on_when_the_training_begins(offer):
    answers(offer, UNCLEAR)

    assert places.lapse_offers(offer.edition.starts_at) == 1


def test_mail_that_nobody_looked_at_yet_may_be_the_answer(offer):
    """The worker was away for a day: a yes that came in time is still in time."""
    mail = our_mail(offer)
    raw = make_raw("JA", To=str(mail.parsed["Reply-To"]), From="carla@example.org")
    intake.keep(raw, via="test")
    Registration.objects.filter(pk=offer.pk).update(offered_until=timezone.now())

    assert places.lapse_offers(timezone.now() + DAY) == 0
    intake.handle.call()

    offer.refresh_from_db()
    assert offer.state == State.PLACED


def test_no_offer_lapses_while_the_mailbox_does_not_answer(offer, settings):
    settings.IMAP_URL = "imaps://mail.example.org/INBOX"
    box = Mailbox.objects.create(name="post", failing_since=timezone.now())
    assert places.lapse_offers(timezone.now() + DAY) == 0

    Mailbox.objects.filter(pk=box.pk).update(failing_since=None)

    assert places.lapse_offers(timezone.now() + DAY) == 1


def test_an_offer_that_waited_stands_on_the_desk_with_its_own_deadline(offer, petra):
    answers(offer, UNCLEAR)

    [line] = desk.waiting_in(petra)

    assert line.due == timezone.localdate(offer.offered_until)
    assert line.note == "Van carla@example.org: Re: Met hoeveel komen jullie?"
    assert "carla" not in line.title.lower()


def test_when_the_mail_is_read_the_offer_is_held_anew(offer, outbox):
    mail = answers(offer, UNCLEAR)
    Registration.objects.filter(pk=offer.pk).update(offered_until=timezone.now())
    places.lapse_offers(timezone.now())

    intake.finish(mail, now=timezone.now())

    offer.refresh_from_db()
    assert offer.offered_until > timezone.now() + timedelta(hours=20)
    assert outbox()[-1].subject == "Er is een plek vrij. Wil je hem?"
    assert places.lapse_offers(timezone.now()) == 0


# --- What a person can do -------------------------------------------------------------------------


def test_what_a_person_read_is_done_with_one_press(client, petra, place):
    mail = answers(place, "Ik kan toch niet komen op woensdag")
    client.force_login(petra)
    shown = client.get(page(mail)).text
    assert "Zegt af" in shown
    assert 'name="act" value="cancels"' in shown

    key = f"{place.pk}_0"
    client.post(
        f"{page(mail)}verwerken/", {"purpose": "trainings.place", "key": key, "act": "cancels"}
    )

    place.refresh_from_db()
    mail.refresh_from_db()
    assert (place.state, mail.status) == (State.CANCELLED, "handled")


def test_an_offer_is_taken_by_a_person_also_when_its_day_is_over(client, petra, offer):
    mail = answers(offer, "Ja graag, en ik eet vegetarisch")
    Registration.objects.filter(pk=offer.pk).update(offered_until=timezone.now())
    places.lapse_offers(timezone.now())
    client.force_login(petra)
    assert "Neemt de plek" in client.get(page(mail)).text

    data = {"purpose": "trainings.place", "key": f"{offer.pk}_1", "act": "takes"}
    client.post(f"{page(mail)}verwerken/", data)

    offer.refresh_from_db()
    assert offer.state == State.PLACED


def test_a_new_mail_of_somebody_we_know_shows_their_places(client, petra, place):
    mail = receive(make_raw("Ik kan niet.", From="anna@example.org", To="info@kennispunt.example"))
    assert mail.status == "waiting"
    client.force_login(petra)

    assert "Zegt af" in client.get(page(mail)).text


def test_a_mail_from_a_strange_address_is_looked_up_by_the_address_we_know(client, petra, place):
    mail = receive(make_raw("Ik kan niet.", From="x@example.com", To="info@kennispunt.example"))
    client.force_login(petra)
    assert "Zegt af" not in client.get(page(mail)).text

    assert "Zegt af" in client.get(f"{page(mail)}?address=Anna@example.org").text
    assert client.get(f"{page(mail)}?address=abc").status_code == 200


@pytest.mark.parametrize(
    "data",
    [
        {"key": "abc"}, {"key": "abc", "act": "cancels"}, {"key": "", "act": "cancels"},
        {"key": "999999_0", "act": "cancels"}, {"key": "²", "act": "cancels"}, {"key": "1_x"},
        {"act": "takes"}, {"act": "nonsense"},
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_words(client, petra, place, data):
    mail = answers(place, UNCLEAR)
    client.force_login(petra)

    data = {"purpose": "trainings.place", "key": f"{place.pk}_0"} | data
    answer = client.post(f"{page(mail)}verwerken/", data)

    assert answer.status_code == 422
    assert "Dit lukte niet" in answer.text
    place.refresh_from_db()
    mail.refresh_from_db()
    assert (place.state, mail.status) == (State.PLACED, "waiting")


# --- Calendars ------------------------------------------------------------------------------------


def calendar_answer(registration, partstat="DECLINED", text="", method="REPLY", **headers):
    """Return what a calendar sends to the organizer."""
    [made] = calendars.invitations(registration.edition, of=registration.pk, to="x@example.org")
    [uid] = [line[4:] for line in made.content.decode().split("\r\n") if line.startswith("UID:")]
    message = EmailMessage()
    message["From"] = headers.get("sender", registration.person.email)
    message["To"] = headers.get("to", "info@kennispunt.example")
    message["Subject"] = "Geweigerd: Leden werven"
    message["Message-ID"] = f"<{partstat}{method}{len(text)}@example.org>"
    for name in ("Auto-Submitted",) if headers.get("automatic") else ():
        message[name] = "auto-generated"
    message.set_content(text)
    event = (
        f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n"
        f"UID:{headers.get('uid', uid)}\r\nATTENDEE;CN=Anna;PARTSTAT={partstat}:mailto:anna@example.org\r\n"
        "DTSTAMP:20261128T200000Z\r\nDTSTART:20261231T100000Z\r\nSEQUENCE:0\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )
    message.add_alternative(event.encode(), "text", "calendar", params={"method": method})
    return receive(message.as_bytes())


@pytest.mark.parametrize("automatic", [False, True])
def test_a_calendar_that_says_no_is_asked_once_whether_the_place_is_free(place, outbox, automatic):
    mail = calendar_answer(place, automatic=automatic)

    assert mail.status == "handled"
    assert outbox()[-1].subject == "Mag je plek naar iemand anders?"
    assert outbox()[-1].to == "anna@example.org"
    place.refresh_from_db()
    assert place.state == State.PLACED
    answers(place, "Ik kan niet")
    place.refresh_from_db()
    assert place.state == State.CANCELLED


def test_a_calendar_that_says_no_again_is_read_by_a_person(place, outbox):
    calendar_answer(place)
    before = len(outbox())

    again = calendar_answer(place, text=" ", to="welkom@kennispunt.example")
    IncomingMail.objects.filter(pk=again.pk).update(fingerprint="x")
    again = calendar_answer(place, text=" ", to="welkom@kennispunt.example")

    assert (again.status, again.key) == ("waiting", f"{place.pk}_0")
    assert len(outbox()) == before


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE"])
@pytest.mark.parametrize(
    "text", ["", "Anna Bakker heeft deze uitnodiging geaccepteerd.\n\nLeden werven"]
)
def test_a_calendar_that_says_yes_is_kept_as_read(place, partstat, text):
    mail = calendar_answer(place, partstat, text)

    assert mail.status == "automatic"
    place.refresh_from_db()
    assert place.state == State.PLACED


@pytest.mark.parametrize(
    ("partstat", "method", "text", "sender", "uid"),
    [
        ("ACCEPTED", "REPLY", "Ik kom een uur later", None, None),
        ("DECLINED", "REPLY", "Mijn collega komt", None, None),
        ("DELEGATED", "REPLY", "", None, None),
        ("DECLINED", "COUNTER", "", None, None),
        ("DECLINED", "REPLY", "", "bram@example.org", None),
        ("DECLINED", "REPLY", "", None, "iets@anders"),
    ],
)
def test_what_else_a_calendar_says_is_read_by_a_person(place, partstat, method, text, sender, uid):
    headers = {"sender": sender or "anna@example.org"} | ({"uid": uid} if uid else {})

    mail = calendar_answer(place, partstat, text, method, **headers)

    assert mail.status == "waiting"
    place.refresh_from_db()
    assert place.state == State.PLACED


def test_a_calendar_that_says_no_to_what_is_over_needs_nobody(place, outbox):
    places.cancel(place)
    before = len(outbox())

    assert calendar_answer(place).status == "handled"
    assert len(outbox()) == before


@pytest.mark.parametrize("broken", [b"BEGIN:VCALENDAR", b"\xff\xfe", b"METHOD:REPLY", b""])
def test_a_calendar_that_cannot_be_read_is_read_by_a_person(broken):
    message = EmailMessage()
    message["From"], message["To"] = "anna@example.org", "info@kennispunt.example"
    message.set_content("")
    message.add_alternative(broken, "text", "calendar", params={"method": "REPLY"})

    assert receive(message.as_bytes()).status == "waiting"
