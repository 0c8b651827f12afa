"""Reports about our mail, judged by what they say and not by their form."""

import base64

import pytest
from django.utils import timezone

from kennispunt.mail import intake, kinds
from kennispunt.mail.models import OutgoingMail
from kennispunt.mail.parsing import parse
from kennispunt.mail.preferences import wants
from kennispunt.mail.reports import Report, Says, read
from kennispunt.mail.send import send
from kennispunt.mail.tests.make import make_raw

REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: info@kennispunt.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; Anna@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--x
Content-Type: {copy}

From: info@kennispunt.example
Subject: Een vraag
Message-ID: <abc123@kennispunt.example>

--x--
"""


def report(action="failed", status="5.1.1", copy="text/rfc822-headers"):
    return REPORT.format(action=action, status=status, copy=copy).encode()


@pytest.mark.parametrize("copy", ["text/rfc822-headers", "message/rfc822"])
def test_a_returned_mail_says_which(copy):
    raw = report(copy=copy)

    assert read(parse(raw), raw) == Report(Says.FAILED, ("abc123@kennispunt.example",))


@pytest.mark.parametrize(
    ("action", "status", "says"),
    [
        ("failed", "5.1.1", Says.FAILED),
        ("Failed (bad destination)", "5.0.0", Says.FAILED),
        ("failed", "4.4.7", Says.FAILED),
        ("delayed", "4.4.1", Says.LATER),
        ("delivered", "2.0.0", Says.ARRIVED),
        ("relayed", "2.0.0", Says.ARRIVED),
        ("expanded", "2.0.0", Says.ARRIVED),
    ],
)
def test_a_report_is_judged_by_what_it_says(action, status, says):
    raw = report(action, status)

    assert read(parse(raw), raw).says == says


def test_of_several_recipients_one_failure_is_enough():
    raw = report("delivered", "2.0.0").replace(
        b"Diagnostic-Code", b"X: y\n\nFinal-Recipient: rfc822; b@example.org\nAction: failed\nY"
    )

    assert read(parse(raw), raw).says == Says.FAILED


def test_a_status_that_was_encoded_is_read():
    blocks = base64.encodebytes(b"Final-Recipient: rfc822; a@b.nl\nAction: relayed\n\n")
    raw = report().replace(b"Reporting-MTA: dns; mx.example.org\n\n", b"")
    start = raw.index(b"Final-Recipient")
    end = raw.index(b"--x", start)
    raw = raw[:start] + b"\n" + blocks + raw[end:]
    raw = raw.replace(
        b"message/delivery-status\n\n",
        b"message/delivery-status\nContent-Transfer-Encoding: base64\n\n",
    )

    assert read(parse(raw), raw).says == Says.ARRIVED


def feedback(kind="abuse"):
    return (
        report().replace(b"report-type=delivery-status", b"report-type=feedback-report")
        .replace(b"message/delivery-status", b"message/feedback-report")
        .replace(b"Reporting-MTA: dns; mx.example.org\n\n", f"Feedback-Type: {kind}\nVersion: 1\n".encode())
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "says"),
    [("abuse", Says.COMPLAINT), ("opt-out", Says.COMPLAINT), ("not-spam", Says.NOTHING), ("auth-failure", Says.NOTHING)],
)  # fmt: skip
def test_a_complaint_is_a_complaint(kind, says):
    raw = feedback(kind)

    assert read(parse(raw), raw) == Report(says, ("abc123@kennispunt.example",))


def test_totals_of_a_day_concern_no_mail():
    raw = report().replace(b"report-type=delivery-status", b"report-type=tlsrpt")

    assert read(parse(raw), raw).says == Says.NOTHING


def test_a_server_whose_words_we_do_not_know_is_unclear():
    raw = b"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.org\nSubject: Mail delivery\n\nHello.\n"

    assert read(parse(raw), raw).says == Says.UNCLEAR


def test_a_server_that_only_writes_prose_is_understood():
    raw = (
        b"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.org\nSubject: failure notice\n\n"
        b"Hi. This is the qmail-send program at mx.example.org.\n"
        b"I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
        b"<anna@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        b"--- Below this line is a copy of the message.\n\n"
    )

    assert read(parse(raw), raw).says == Says.FAILED


def test_what_a_person_writes_is_no_returned_mail():
    raw = make_raw("Mijn mail aan jullie werd niet bezorgd.", Subject="Niet bezorgd")

    assert read(parse(raw), raw) is None


# --- What becomes of our mail ---------------------------------------------------------------------


@pytest.fixture
def sent(template):
    mail = send(template("Onderwerp: Dag\n\nDag\n"), to="anna@example.org", purpose="test.report")
    OutgoingMail.objects.update(status="sent", ended_at=timezone.now())
    return mail


def receive(raw, mail):
    raw = raw.replace(b"<abc123@kennispunt.example>", mail.message_id.encode())
    kept = intake.keep(raw, via="test")
    intake.handle.call()
    kept.refresh_from_db()
    mail.refresh_from_db()
    return kept.status, mail.status


@pytest.mark.django_db
def test_only_a_failure_marks_our_mail(sent):
    for action in ("delivered", "relayed", "expanded", "delayed"):
        assert receive(report(action, "2.0.0"), sent) == ("automatic", "sent")

    assert receive(report(), sent) == ("returned", "failed")


@pytest.mark.django_db
def test_a_complaint_about_mail_that_one_asked_for_is_read_by_a_person(sent):
    assert receive(feedback(), sent) == ("waiting", "sent")


@pytest.mark.django_db
def test_a_complaint_stops_what_can_be_stopped(sent, monkeypatch):
    monkeypatch.setitem(kinds._kinds, "test.report", kinds.Kind("test.report", "Test", "Test"))

    assert receive(feedback(), sent) == ("automatic", "sent")
    assert not wants("anna@example.org", "test.report")
