"""The other ways in: a mail server's pipe, and a provider's webhook."""

import base64
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as ours
from django.db import connection

from kennispunt.mail.incoming import IncomingMail
from kennispunt.mail.tests.make import make_raw


def pipe(message, **env):
    """manage.py receive_mail, as a mail server starts it."""
    return subprocess.run(
        [sys.executable, "manage.py", "receive_mail", "--recipient", "vraag@kennispunt.example"],
        input=message, cwd=ours.BASE_DIR, capture_output=True, check=False,
        env=os.environ | {"DEBUG": "0", "TESTING": "1"} | env,
    )  # fmt: skip


def database():
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


@pytest.mark.django_db(transaction=True)
def test_a_message_through_the_pipe_is_kept():
    done = pipe(make_raw("Langs de pijp"), DATABASE_URL=database())

    assert done.returncode == 0, done.stderr
    mail = IncomingMail.objects.get()
    content = bytes(mail.raw.content)
    assert content.startswith(b"Delivered-To: vraag@kennispunt.example\n")
    assert b"Langs de pijp" in content


def test_without_a_database_the_mail_server_must_try_again():
    done = pipe(make_raw(), DATABASE_URL="sqlite:////proc/geen-database")

    assert done.returncode == 75
    assert b"OperationalError" in done.stderr


@pytest.fixture
def postmark(client, settings):
    """Deliver by the webhook of Postmark; the answer of our site."""
    settings.MAIL_WEBHOOK_PROVIDER = "postmark"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "post:geheim"}

    def deliver(raw=None, secret="post:geheim", provider="postmark"):
        body = {
            "FromFull": {"Email": "anna@example.org"},
            "OriginalRecipient": "vraag@kennispunt.example",
            "RawEmail": (raw or make_raw("Langs de post")).decode(),
        }
        return client.post(
            f"/mail/binnen/{provider}/", json.dumps(body), content_type="application/json",
            headers={"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()},
        )  # fmt: skip

    return deliver


def test_a_provider_brings_a_message_once(db, postmark):
    raw = make_raw("Langs de post")
    assert postmark(raw).status_code == 200
    assert postmark(raw).status_code == 200

    mail = IncomingMail.objects.get()
    assert b"Langs de post" in bytes(mail.raw.content)
    assert mail.via == "postmark"


def test_who_does_not_know_the_secret_brings_nothing(db, postmark):
    assert postmark(secret="post:anders").status_code == 400
    assert not IncomingMail.objects.exists()


def test_the_door_is_closed_unless_it_was_opened(db, postmark, settings):
    assert postmark(provider="mailgun").status_code == 404
    settings.ANYMAIL = {}
    assert postmark().status_code == 404
    settings.MAIL_WEBHOOK_PROVIDER = ""
    assert postmark().status_code == 404
    assert not IncomingMail.objects.exists()
