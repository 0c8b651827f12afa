"""Automatic answers, returned mail, and mail that goes round."""

import pytest

from kennispunt.mail.parsing import parse
from kennispunt.mail.recognise import automatic, goes_round, looks_automatic, untrusted
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
