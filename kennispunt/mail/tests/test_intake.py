"""Kept whole, and handled once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kennispunt.mail import handlers, intake
from kennispunt.mail.addresses import signed_address
from kennispunt.mail.models import IncomingMail, OutgoingMail, RawMail
from kennispunt.mail.tests.make import make_raw
from kennispunt.mail.tests.test_reports import report

Status = IncomingMail.Status
ANNA = "anna@example.org"


@pytest.fixture
def handled(db):
    """Keep what the handler of test.letter was given: (key, body) of each message."""
    given = []

    def handle(message, key):
        given.append((key, message.body))

    handlers.register("test.letter", handle, label="Brief van een test")
    yield given
    handlers._handlers.pop("test.letter")


def arrive(raw):
    """A message comes in and is handled. The row as it is then."""
    mail = intake.keep(raw, via="test")
    intake.handle.call()
    mail.refresh_from_db()
    return mail


def waits(raw):
    """Return why a message waits for a person."""
    mail = arrive(raw)
    assert mail.status == Status.WAITING
    return mail.reason


def test_an_answer_reaches_its_handler(handled):
    mail = arrive(make_raw("We komen.\n\nGroet,\nAnna"))

    assert handled == [("7", "We komen.")]
    assert (mail.status, mail.purpose, mail.key) == (Status.HANDLED, "test.letter", "7")
    assert mail.sender == ANNA


def test_the_message_is_kept_byte_for_byte(handled):
    raw = b"From: x\r\nSubject: \xff\x00\r\n\r\nHallo\xff\x00"

    assert bytes(intake.keep(raw, via="test").raw.content) == raw


def test_the_same_message_is_handled_once_however_often_it_comes(handled):
    raw = make_raw()

    arrive(raw)
    arrive(b"Received: by another server\r\n" + raw.replace(b"\n", b"\r\n"))
    arrive(b"Delivered-To: tess@kennispunt.example\n" + raw)

    assert len(handled) == IncomingMail.objects.count() == RawMail.objects.count() == 1


def test_nobody_keeps_out_a_message_by_taking_its_name(handled):
    arrive(make_raw("Namaak", From="bram@example.org"))
    arrive(make_raw("Echt"))

    assert handled == [("7", "Echt")]


def test_messages_without_a_name_are_told_apart(handled):
    arrive(make_raw("Een", Message_ID=None))
    arrive(make_raw("Twee", Message_ID=None))

    assert [body for _, body in handled] == ["Een", "Twee"]


def test_an_answer_with_the_address_of_somebody_else_waits(handled):
    address = signed_address("test.letter", 7, "bram@example.org")

    assert waits(make_raw(To=address)) == "Kwam van een ander adres dan waar we naar schreven"
    assert handled == []


def test_an_address_that_we_did_not_make_waits(handled):
    false = "antwoord+test.letter.7.aaaaaaaaaaaaaaaaaa@kennispunt.example"

    assert waits(make_raw(To=false)) == "We zien niet waar dit bij hoort"


def test_mail_to_two_conversations_waits(handled):
    both = ", ".join(signed_address("test.letter", key, ANNA) for key in (7, 8))

    assert waits(make_raw(To=both)) == "Hoort bij meer dan één gesprek"


def test_an_address_that_only_our_server_knew_counts(handled):
    address = signed_address("test.letter", 9, ANNA)
    intake.keep(make_raw(To="bestuur@example.org"), via="test", recipient=address)
    intake.handle.call()

    assert [key for key, _ in handled] == ["9"]


def sent(to=ANNA, reply_to=None):
    """A mail of ours that went out."""
    from kennispunt.mail.letter import Letter
    from kennispunt.mail.send import compose

    letter = Letter(subject="Met hoeveel komen jullie?", text="Laat het weten.", html="<p>x</p>")
    mail = compose(letter, to=to, purpose="test.letter", reply_to=reply_to or "")
    mail.status, mail.ended_at = OutgoingMail.Status.SENT, timezone.now()
    mail.save()
    return mail


def test_an_answer_to_the_sender_is_found_by_the_mail_it_answers(handled):
    mail = sent(reply_to=signed_address("test.letter", 12, ANNA))
    raw = make_raw(To="info@kennispunt.example", In_Reply_To=mail.message_id)

    arrive(raw)

    assert [key for key, _ in handled] == ["12"]


def test_an_answer_to_a_mail_that_went_to_somebody_else_waits(handled):
    mail = sent("bram@example.org", signed_address("test.letter", 12, "bram@example.org"))

    assert waits(make_raw(To="info@kennispunt.example", In_Reply_To=mail.message_id))


def test_a_second_answer_follows_the_first(handled):
    arrive(make_raw("Een"))
    arrive(
        make_raw(
            "Twee", To="info@kennispunt.example", References="<een@example.org>",
            Message_ID="<twee@example.org>",
        )
    )  # fmt: skip

    assert handled == [("7", "Een"), ("7", "Twee")]


def test_a_program_is_not_answered_and_waits_for_nobody(handled):
    mail = arrive(make_raw(Auto_Submitted="auto-replied"))

    assert (mail.status, mail.reason) == (Status.AUTOMATIC, "Automatisch antwoord")
    assert handled == []


def test_what_only_looks_like_a_program_waits(handled):
    assert waits(make_raw(Subject="Afwezig: ik kan niet")) == "Lijkt een automatisch antwoord"


def test_our_own_mail_coming_back_waits(handled, settings):
    assert waits(make_raw(From=settings.DEFAULT_FROM_EMAIL)) == "Mail van ons eigen adres"


def test_a_sender_that_goes_on_and_on_waits(handled):
    for number in range(intake.MANY):
        arrive(make_raw(Message_ID=f"<{number}@example.org>"))

    assert waits(make_raw(Message_ID="<meer@example.org>")) == "Te veel mails kort na elkaar"
    assert len(handled) == intake.MANY


def test_a_returned_mail_is_told_at_the_mail_that_it_was(db):
    mail = sent()

    returned = arrive(
        report().replace(b"abc123@kennispunt.example", mail.message_id[1:-1].encode())
    )

    mail.refresh_from_db()
    assert returned.status == Status.RETURNED
    assert (mail.status, mail.last_error) == (OutgoingMail.Status.FAILED, "Teruggekomen")


def test_a_returned_mail_that_we_do_not_know_waits(db):
    mail = sent()

    assert waits(report()) == "Teruggekomen mail, maar we zien niet welke"
    mail.refresh_from_db()
    assert mail.status == OutgoingMail.Status.SENT


def test_a_delay_is_no_failure(db):
    assert arrive(report("delayed", "4.4.1")).status == Status.AUTOMATIC


def test_a_handler_that_wants_a_person_gets_one(db):
    def handle(message, key):
        raise handlers.CannotHandle("Deze vraag bestaat niet meer")

    handlers.register("test.letter", handle)
    assert waits(make_raw()) == "Deze vraag bestaat niet meer"
    handlers._handlers.pop("test.letter")


def test_mail_that_nobody_registered_for_waits(db):
    assert waits(make_raw()) == "Niemand behandelt dit soort mail"


def test_what_a_failing_handler_did_is_undone_and_tried_again_later(db):
    tried = []

    def handle(message, key):
        sent()
        tried.append(key)
        if len(tried) < 3:
            raise RuntimeError("geheim")

    handlers.register("test.letter", handle)
    now = timezone.now()
    mail = intake.keep(make_raw(), via="test")
    intake.handle_one(mail.pk, now)
    mail.refresh_from_db()

    assert (mail.status, OutgoingMail.objects.count()) == (Status.KEPT, 0)
    assert not IncomingMail.objects.due(now + timedelta(minutes=4)).exists()
    for _ in range(3):
        intake.handle_one(mail.pk, now)
    mail.refresh_from_db()
    assert (mail.status, len(tried), OutgoingMail.objects.count()) == (Status.HANDLED, 3, 1)
    handlers._handlers.pop("test.letter")


def test_a_message_that_always_fails_waits_in_the_end(db, caplog):
    def handle(message, key):
        raise RuntimeError("wat Anna schreef")

    handlers.register("test.letter", handle)
    mail = intake.keep(make_raw(), via="test")
    for _ in range(intake.MOST_ATTEMPTS + 1):
        intake.handle_one(mail.pk, timezone.now())
    mail.refresh_from_db()

    assert (mail.status, mail.reason) == (Status.WAITING, "We kregen deze mail niet verwerkt")
    assert "wat Anna schreef" not in caplog.text
    handlers._handlers.pop("test.letter")


def test_a_kill_between_keeping_and_handling_is_mended_by_the_clock(handled):
    from django_tasks_db.models import DBTaskResult

    from kennispunt.mail.clock import EVERY_MINUTE

    intake.keep(make_raw(), via="test")
    DBTaskResult.objects.all().delete()  # the worker took the task, and was killed

    for task in EVERY_MINUTE:
        task.call()
    waiting = DBTaskResult.objects.ready().filter(task_path=intake.handle.module_path)

    assert waiting.count() == 1
    intake.handle.call()
    assert len(handled) == 1


@pytest.mark.parametrize("raw", [b"\x00\xff", b"From: a\n" * 10, b"\n\nalleen tekst"])
def test_what_is_no_mail_at_all_waits_for_a_person(db, raw):
    assert waits(raw)


def test_a_message_without_anything_to_read_waits(handled):
    assert waits(make_raw("")) == "Er staat geen tekst in die we kunnen lezen"
