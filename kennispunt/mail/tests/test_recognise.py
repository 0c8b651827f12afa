"""Automatic answers, returned mail, and mail that goes round."""

import pytest

from kennispunt.mail.parsing import parse
from kennispunt.mail.recognise import automatic, bounce, goes_round, looks_automatic, untrusted
from kennispunt.mail.tests.make import make_raw


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Auto-Submitted": "auto-replied"}, "Automatisch antwoord"),
        ({"Auto-Submitted": "auto-replied (vacation)"}, "Automatisch antwoord"),
        ({"X-Autoreply": "yes"}, "Automatisch antwoord"),
        ({"Precedence": "auto_reply"}, "Verstuurd aan een lijst"),
        ({"Precedence": "Bulk"}, "Verstuurd aan een lijst"),
        ({"Return-Path": "<>"}, "Bericht van een mailserver"),
        ({"Auto-Submitted": "no"}, ""),
        ({}, ""),
    ],
)
def test_a_header_proves_a_program(headers, why):
    lines = "".join(f"{name}: {value}\n" for name, value in headers.items())

    assert automatic(parse(lines.encode() + make_raw())) == why


def test_a_receipt_needs_nobody():
    receipt = b"Content-Type: multipart/report; report-type=disposition-notification; boundary=x\n\n--x--\n"

    assert automatic(parse(receipt)) == "Leesbevestiging"


@pytest.mark.parametrize(
    ("subject", "looks"),
    [
        ("Automatisch antwoord: Met hoeveel komen jullie?", True),
        ("Afwezig: Met hoeveel komen jullie?", True),
        ("Afwezigheidsbericht", True),
        ("Out of Office: vraag", True),
        ("Ik ben met vakantie tot 4 januari", True),
        ("Re: Afwezig: wie neemt de plek over?", False),
        ("Vakantiedagen van de griffie", False),
        ("Re: Met hoeveel komen jullie?", False),
    ],
)
def test_a_subject_only_looks_like_it(subject, looks):
    assert looks_automatic(parse(make_raw(Subject=subject))) == looks


def test_our_own_mail_coming_back_goes_round(settings):
    assert goes_round(parse(make_raw(From=settings.DEFAULT_FROM_EMAIL)))
    assert goes_round(parse(make_raw(From="antwoord@kennispunt.example")))
    assert goes_round(parse(b"Received: from a by b\n" * 31 + make_raw()))
    assert not goes_round(parse(b"Received: from a by b\n" * 5 + make_raw()))


def test_only_our_own_server_says_who_is_false(settings):
    false = b"Authentication-Results: mx.kennispunt.example; spf=fail;\n dmarc=fail\n" + make_raw()
    stranger = b"Authentication-Results: mx.example.org; dmarc=fail\n" + make_raw()
    good = b"Authentication-Results: mx.kennispunt.example 1; dmarc=pass\n" + make_raw()

    assert not untrusted(parse(false))  # nobody told us whom to believe
    settings.MAIL_AUTHSERV_ID = "mx.kennispunt.example"
    assert untrusted(parse(false))
    assert not untrusted(parse(stranger))
    assert not untrusted(parse(good))


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
def test_a_returned_mail_says_to_whom_and_which(copy):
    raw = report(copy=copy)

    returned = bounce(parse(raw), raw)

    assert returned.permanent == {"anna@example.org"}
    assert returned.message_ids == ("abc123@kennispunt.example",)


def test_a_delay_is_not_for_good():
    raw = report("delayed", "4.4.1")

    returned = bounce(parse(raw), raw)

    assert (returned.permanent, returned.temporary) == (frozenset(), {"anna@example.org"})


def test_a_server_that_only_writes_prose_is_understood():
    raw = (
        b"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.org\nSubject: failure notice\n\n"
        b"Hi. This is the qmail-send program at mx.example.org.\n"
        b"I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
        b"<anna@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        b"--- Below this line is a copy of the message.\n\n"
    )

    assert bounce(parse(raw), raw).permanent == {"anna@example.org"}


def test_what_a_person_writes_is_no_returned_mail():
    raw = make_raw("Mijn mail aan jullie werd niet bezorgd.", Subject="Niet bezorgd")

    assert bounce(parse(raw), raw) is None
