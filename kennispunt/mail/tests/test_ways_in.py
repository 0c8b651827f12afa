"""A mail server's pipe. The other ways in: test_fetching.py and test_webhooks.py."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as ours
from django.db import connection

from kennispunt.mail.models import IncomingMail
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
