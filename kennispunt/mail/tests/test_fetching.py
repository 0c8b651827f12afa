"""Emptying a real mailbox."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kennispunt.mail import intake
from kennispunt.mail.fetching import fetch, forget_fetched
from kennispunt.mail.models import IncomingMail, Mailbox
from kennispunt.mail.tests.make import make_raw


@pytest.fixture
def mailbox(dovecot, settings, request):
    """A mailbox for this test alone: mailbox.put(…), mailbox.count(…)."""
    name = f"box{abs(hash(request.node.name))}"
    settings.IMAP_URL = dovecot.url(name)

    class Box:
        def put(self, *messages):
            dovecot.put(name, *messages)

        def count(self, folder="INBOX"):
            return dovecot.count(name, folder)

    return Box()


def letters(number):
    return [make_raw(f"Brief {n}", Message_ID=f"<{n}@example.org>") for n in range(number)]


def test_what_lies_in_the_mailbox_is_kept_and_moved(db, mailbox):
    mailbox.put(*letters(3))

    assert fetch(timezone.now()) == 3

    assert IncomingMail.objects.count() == 3
    assert (mailbox.count(), mailbox.count("Verwerkt")) == (0, 3)
    assert fetch(timezone.now()) == 0


def test_what_was_kept_and_not_moved_yet_is_not_kept_twice(db, mailbox):
    """As after a kill between the two."""
    first, second = letters(2)
    mailbox.put(first, second)
    intake.keep(first, via="imap")

    fetch(timezone.now())

    assert IncomingMail.objects.count() == 2
    assert mailbox.count() == 0


def test_two_recipients_in_one_mailbox_are_one_message(db, mailbox):
    letter = make_raw("Aan allebei")
    mailbox.put(b"Delivered-To: a@kennispunt.example\n" + letter)
    mailbox.put(b"Received: x\nDelivered-To: b@kennispunt.example\n" + letter)

    fetch(timezone.now())

    assert IncomingMail.objects.count() == 1


def test_a_day_without_a_server_loses_nothing(db, mailbox, dovecot):
    now = timezone.now()
    mailbox.put(*letters(2))
    dovecot.stop()
    for hour in range(24):
        assert fetch(now + timedelta(hours=hour)) == 0
    assert Mailbox.objects.get().failing_since == now
    dovecot.start()

    assert fetch(now + timedelta(days=1)) == 2

    assert Mailbox.objects.get().failing_since is None
    assert mailbox.count() == 0


def test_a_wrong_password_is_told_without_telling_it(db, dovecot, settings, caplog):
    settings.IMAP_URL = dovecot.url("anna").replace("geheim", "verkeerd")

    assert fetch(timezone.now()) == 0

    assert "verkeerd" not in Mailbox.objects.get().name + caplog.text
    assert Mailbox.objects.get().failing_since


def test_the_server_forgets_when_we_do(db, mailbox):
    now = timezone.now()
    mailbox.put(*letters(2))
    fetch(now)

    forget_fetched(now + timedelta(days=29))
    assert mailbox.count("Verwerkt") == 2
    forget_fetched(now + timedelta(days=32))
    assert mailbox.count("Verwerkt") == 0


def test_nothing_is_fetched_without_a_mailbox(db, settings):
    settings.IMAP_URL = ""

    assert fetch(timezone.now()) == 0
    assert not Mailbox.objects.exists()
