"""The form of a message, whatever comes in."""

from email import message_from_bytes
from email.policy import default

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from kennispunt.mail.letter import Letter
from kennispunt.mail.message import build
from kennispunt.mail.models import OutgoingMail
from kennispunt.mail.send import Attachment, send

HELLO = "Onderwerp: Ça va?\n\nHallo {{ name }}.\n"
pytestmark = pytest.mark.django_db


def test_a_mail_is_one_row_with_both_twins(template, outbox):
    send(template(HELLO), to="anna@example.org", purpose="test", name="Zoë")

    [mail] = outbox()
    assert (mail.to, mail.subject) == ("anna@example.org", "Ça va?")
    assert mail.text.startswith("Hallo Zoë.\n")
    assert "Hallo Zoë." in mail.html
    assert mail.parsed["Subject"] == "Ça va?"
    assert mail.parsed["Auto-Submitted"] == "auto-generated"
    assert mail.parsed["Message-ID"] == mail.message_id


def test_what_is_undone_is_not_sent(template, outbox):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send(template(HELLO), to="anna@example.org", purpose="test")
        raise ZeroDivisionError

    assert outbox() == []


@pytest.mark.thorough
def test_a_thousand_mails_are_a_thousand_rows_and_one_task(
    template, django_capture_on_commit_callbacks
):
    name = template(HELLO)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        for number in range(1000):
            send(name, to=f"lid{number}@example.org", purpose="test")
    assert len(callbacks) == 1

    assert OutgoingMail.objects.values("to").distinct().count() == 1000
    assert all("," not in mail.parsed["To"] for mail in OutgoingMail.objects.all()[:20])
    assert DBTaskResult.objects.count() == 1


def test_a_task_knows_no_content(template, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(template(HELLO), to="anna@example.org", purpose="test", name="Geheim")

    assert DBTaskResult.objects.get().args_kwargs == {"args": [], "kwargs": {}}


@pytest.mark.parametrize(
    "address",
    [
        "anna",
        "anna@example.org\nBcc: x@example.org",
        "a@example.org, b@example.org",
        '"\x01"@example.org',
        "",
    ],
)
def test_what_is_no_address_is_refused(template, outbox, address):
    with pytest.raises(ValidationError):
        send(template(HELLO), to=address, purpose="test")
    with pytest.raises(ValidationError):
        send(template(HELLO), to="anna@example.org", purpose="test", reply_to=address or "x")

    assert outbox() == []


def test_a_mail_that_can_be_stopped_says_how(template, outbox):
    stop = "https://kennispunt.example/mail/stoppen/abc/"
    send(template(HELLO), to="anna@example.org", purpose="test", unsubscribe=stop)

    [mail] = outbox()
    assert mail.parsed["List-Unsubscribe"] == f"<{stop}>"
    assert mail.parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in mail.text.replace("\n", "")
    assert stop in mail.html


def test_an_attachment_keeps_its_bytes_and_a_safe_name(template, outbox):
    content = bytes(range(256)) * 9
    send(
        template(HELLO), to="anna@example.org", purpose="test",
        attachments=[
            Attachment("../../Afspraak – juni.ics", "text/calendar; charset=utf-8", content),
            Attachment("..\\x\r\nBcc: y.pdf", "application/pdf", b"%PDF"),
        ],
    )  # fmt: skip

    [mail] = outbox()
    first, second = mail.parsed.iter_attachments()
    assert first.get_filename() == "Afspraak – juni.ics"
    assert first.get_payload(decode=True) == content
    assert second.get_payload(decode=True) == b"%PDF"
    assert mail.parsed["Bcc"] is None
    assert second["Bcc"] is None
    assert mail.text.startswith("Hallo")


@given(
    subject=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=300),
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=300),
)
def test_whatever_it_says_arrives_as_it_was_written(subject, text):
    subject = " ".join(subject.split())
    parsed = message_from_bytes(
        build(Letter(subject, text, text), {"To": "a@example.org"}), policy=default
    )

    assert " ".join(str(parsed["Subject"] or "").split()) == subject
    assert (
        parsed.get_body(("plain",)).get_payload(decode=True).decode().replace("\r\n", "\n") == text
    )


@given(value=st.text(max_size=60), control=st.sampled_from("\r\n\0\x0b\x7f"))
def test_no_header_can_be_slipped_in(value, control):
    with pytest.raises(ValueError, match="control"):
        build(Letter("x", "", ""), {"To": value + control + "Bcc: x@example.org"})


def test_a_domain_with_an_accent_is_reachable(template, outbox):
    send(template(HELLO), to="anna@café.example", purpose="test")

    assert outbox()[0].parsed["To"] == "anna@xn--caf-dma.example"
