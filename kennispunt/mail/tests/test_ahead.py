"""A message written by a clock that was ahead does not wait until then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kennispunt.mail.delivery import deliver_due
from kennispunt.mail.models import IncomingMail, OutgoingMail
from kennispunt.mail.send import send

pytestmark = pytest.mark.django_db


def test_a_mail_written_when_the_clock_was_ahead_goes_now_and_once(template, mail_server):
    send(template("Onderwerp: Dag\n\nDag\n"), to="anna@example.org", purpose="test")
    for days in (1, 40):
        ahead = timezone.now() + timedelta(days=days)
        OutgoingMail.objects.update(due_at=ahead, created_at=ahead)
        assert OutgoingMail.objects.due(timezone.now()).count() == 1

    assert deliver_due(timezone.now) == 1
    assert deliver_due(timezone.now) == 0


def test_a_mail_written_ahead_that_is_refused_waits_its_turn(template, mail_server):
    mail_server.refuse["vol@example.org"] = "452 4.2.2 Mailbox full"
    send(template("Onderwerp: Dag\n\nDag\n"), to="vol@example.org", purpose="test")
    ahead = timezone.now() + timedelta(days=40)
    OutgoingMail.objects.update(due_at=ahead, created_at=ahead)

    deliver_due(timezone.now)

    assert OutgoingMail.objects.get().attempts == 1


def test_a_mail_claimed_by_a_clock_that_was_ahead_is_taken_back(template, mail_server):
    send(template("Onderwerp: Dag\n\nDag\n"), to="anna@example.org", purpose="test")
    OutgoingMail.objects.update(claim="gone", claimed_at=timezone.now() + timedelta(days=40))

    assert deliver_due(timezone.now) == 1


def test_a_message_kept_by_a_clock_that_was_ahead_is_handled_now():
    now = timezone.now()
    for number, due in enumerate([timedelta(days=40), timedelta(minutes=20), timedelta(0)]):
        IncomingMail.objects.create(
            fingerprint=str(number), via="test", received_at=now, due_at=now + due
        )

    assert IncomingMail.objects.due(now).count() == 2
