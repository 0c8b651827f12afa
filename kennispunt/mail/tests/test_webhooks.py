"""Posts of a provider: Postmark (JSON), Mailgun (signed, in parts), Mailjet (no raw mail)."""

import base64
import hashlib
import hmac
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kennispunt.mail import kinds, preferences
from kennispunt.mail.models import IncomingMail, OutgoingMail
from kennispunt.mail.parsing import parse
from kennispunt.mail.send import send
from kennispunt.mail.tests.make import make_raw

pytestmark = pytest.mark.django_db
Status = OutgoingMail.Status


@pytest.fixture
def provider(settings):
    """provider("mailgun"): our door is open for it. Gives the way to post there."""
    settings.ANYMAIL = {"WEBHOOK_SECRET": "post:geheim", "MAILGUN_WEBHOOK_SIGNING_KEY": "zegel"}
    client = Client(enforce_csrf_checks=True)

    def open_for(name):
        settings.MAIL_WEBHOOK_PROVIDER = name

        def post(body, to="binnen", secret="post:geheim", provider=name):
            kind = {} if isinstance(body, dict) else {"content_type": "application/json"}
            return client.post(
                f"/mail/{to}/{provider}/", body if not kind else json.dumps(body[0]), **kind,
                headers={"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()},
            )  # fmt: skip

        return post

    return open_for


def from_postmark(raw=None):
    return [
        {
            "FromFull": {"Email": "anna@example.org"},
            "OriginalRecipient": "vraag@kennispunt.example",
            "RawEmail": (raw or make_raw("Langs de post")).decode(),
        }
    ]


def signed(fields, key=b"zegel"):
    """The fields of Mailgun, with its signature."""
    seal = hmac.new(key, b"1764000000abc", hashlib.sha256).hexdigest()
    return fields | {"token": "abc", "timestamp": "1764000000", "signature": seal}


def raw_mail():
    return bytes(IncomingMail.objects.get().raw.content)


# --- In -------------------------------------------------------------------------------------------


def test_a_provider_brings_a_message_once(provider):
    post, body = provider("postmark"), from_postmark()
    assert post(body).status_code == 200
    assert post(body).status_code == 200

    assert b"Langs de post" in raw_mail()
    assert IncomingMail.objects.get().via == "postmark"


def test_who_does_not_know_the_secret_brings_nothing(provider):
    assert provider("postmark")(from_postmark(), secret="post:anders").status_code == 400
    assert not IncomingMail.objects.exists()


def test_the_door_is_closed_unless_it_was_opened(provider, settings):
    post = provider("postmark")
    assert post(from_postmark(), provider="mailgun").status_code == 404
    settings.ANYMAIL = {}
    assert post(from_postmark()).status_code == 404
    settings.MAIL_WEBHOOK_PROVIDER = ""
    assert post(from_postmark()).status_code == 404
    assert not IncomingMail.objects.exists()


def test_what_is_signed_with_another_key_is_not_believed(provider):
    fields = {"recipient": "vraag@kennispunt.example", "body-mime": make_raw().decode()}

    assert provider("mailgun")(signed(fields, b"vals")).status_code == 400
    assert not IncomingMail.objects.exists()


def test_a_large_message_in_a_field_is_kept_to_the_byte(provider):
    raw = make_raw("Begin\r\n" + "Nog een regel met een é.\r\n" * 150_000 + "--het einde\r\n")
    assert len(raw) > 3_500_000  # more than a form on our site may hold
    fields = {"recipient": "vraag@kennispunt.example", "body-mime": raw.decode()}

    assert provider("mailgun")(signed(fields)).status_code == 200

    assert raw_mail() == b"Delivered-To: vraag@kennispunt.example\n" + raw


def test_a_message_in_parts_keeps_its_files_to_the_byte(provider):
    content = bytes(range(256)) * 50_000 + b"\r\n--\r\n"  # 12 MB, more than an upload may be
    notes = make_raw("Een doorgestuurde mail")
    fields = {
        "recipient": "vraag@kennispunt.example", "subject": "Bijlagen", "body-plain": "Zie bijlagen",
        "message-headers": json.dumps([["From", "anna@example.org"], ["Subject", "Bijlagen"]]),
        "attachment-count": "2",
        "attachment-1": file("../foto é.png", content, "image/png"),
        "attachment-2": file("mail.eml", notes, "message/rfc822"),
    }  # fmt: skip

    assert provider("mailgun")(signed(fields)).status_code == 200

    message = parse(raw_mail())
    assert (message.sender, message.body) == ("anna@example.org", "Zie bijlagen")
    picture, mail = message.attachments
    assert (picture.name, picture.content) == ("foto é.png", content)
    assert b"Een doorgestuurde mail" in mail.content


def file(name, content, kind):
    return SimpleUploadedFile(name, content, kind)


def test_a_message_without_its_raw_form_is_made_again(provider):
    body = {
        "Sender": "anna@example.org", "Recipient": "vraag@kennispunt.example",
        "Subject": "Dag", "Text-part": "Hallo daar", "From": "Anna <anna@example.org>",
        "Headers": {"From": "Anna <anna@example.org>", "Subject": "Dag", "Message-ID": "<1@x.nl>"},
        "Parts": [],
    }  # fmt: skip
    post = provider("mailjet")

    assert [post([body]).status_code for _ in range(2)] == [200, 200]

    message = parse(raw_mail())
    assert (message.sender, message.subject, message.body) == (
        "anna@example.org",
        "Dag",
        "Hallo daar",
    )


def test_more_than_any_message_is_refused_before_it_is_read(client, provider):
    provider("postmark")
    answer = client.generic("POST", "/mail/binnen/postmark/", b"{}", CONTENT_LENGTH="60000000")

    assert answer.status_code == 413


def test_a_form_of_our_own_takes_no_more_than_before(client, provider):
    provider("postmark")
    answer = client.post("/account/login/", {"login": "a" * 3_000_000})

    assert answer.status_code == 400


# --- What was reported ----------------------------------------------------------------------------


@pytest.fixture
def mail(template, monkeypatch):
    """A mail of ours that went out, of a kind that one can stop."""
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register("nieuws", "Nieuws", "Af en toe.")
    mail = send(template("Onderwerp: Dag\n\nHallo.\n"), to="weg@example.org", purpose="nieuws")
    mail.status, mail.ended_at = Status.SENT, timezone.now()
    mail.save()
    return mail


def from_postmark_about(mail, kind="HardBounce"):
    return [
        {
            "RecordType": "Bounce" if kind != "SpamComplaint" else kind,
            "Type": kind, "ID": 42, "MessageID": "b7bc2f4a", "Email": mail.to,
            "Description": "The server was unable to\ndeliver your message", "Details": "550",
            "BouncedAt": "2026-11-25T01:30:00Z", "Metadata": {"kennispunt": mail.message_id},
        }
    ]  # fmt: skip


def test_a_mail_that_bounced_is_marked(provider, mail):
    assert provider("postmark")(from_postmark_about(mail), to="gemeld").status_code == 200

    mail.refresh_from_db()
    assert mail.status == Status.FAILED
    assert mail.last_error == "The server was unable to deliver your message"


def test_a_report_that_overtakes_our_own_note_comes_again(provider, mail):
    OutgoingMail.objects.update(status=Status.SENDING, claim="x", ended_at=None)
    post = provider("postmark")
    assert post(from_postmark_about(mail), to="gemeld").status_code == 503

    OutgoingMail.objects.update(status=Status.SENT, claim="", ended_at=timezone.now())
    assert post(from_postmark_about(mail), to="gemeld").status_code == 200
    mail.refresh_from_db()
    assert mail.status == Status.FAILED


def test_what_somebody_calls_spam_stops(provider, mail):
    post = provider("postmark")
    assert post(from_postmark_about(mail, "SpamComplaint"), to="gemeld").status_code == 200

    assert not preferences.wants("weg@example.org", "nieuws")
    mail.refresh_from_db()
    assert mail.status == Status.SENT


def test_a_report_about_what_is_not_ours_changes_nothing(provider, mail):
    body = from_postmark_about(mail)
    body[0]["Metadata"] = {"kennispunt": "<somebody@else>"}
    assert provider("postmark")(body, to="gemeld").status_code == 200
    assert provider("postmark")(body, to="gemeld", secret="x:y").status_code == 400

    mail.refresh_from_db()
    assert mail.status == Status.SENT


def test_mailgun_reports_with_its_signature(provider, mail):
    fields = signed({})
    body = {
        "signature": {name: fields[name] for name in ("token", "timestamp", "signature")},
        "event-data": {
            "event": "failed", "severity": "permanent", "id": "x", "timestamp": 1764000000,
            "recipient": mail.to, "reason": "bounce", "user-variables": {"kennispunt": mail.message_id},
            "delivery-status": {"code": 550, "message": "No such user"},
        },
    }  # fmt: skip
    assert provider("mailgun")([body], to="gemeld").status_code == 200

    mail.refresh_from_db()
    assert mail.status == Status.FAILED
