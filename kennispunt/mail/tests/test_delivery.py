"""Sent once, to a real mail server; tried again when it fails; never lost."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.db import connection
from django.utils import timezone

from kennispunt.mail import delivery
from kennispunt.mail.delivery import deliver_due, release_stale, reserve
from kennispunt.mail.models import OutgoingMail
from kennispunt.mail.send import send
from tests import databases

pytestmark = pytest.mark.django_db
Status = OutgoingMail.Status


@pytest.fixture
def write(template):
    name = template("Onderwerp: Dag\n\nHallo.\n.een punt vooraan\n")
    return lambda to="anna@example.org", **rest: send(name, to=to, purpose="test", **rest)


@pytest.fixture
def later():
    """later(minutes=5): a clock that is so much ahead."""
    return lambda **ahead: lambda: timezone.now() + timedelta(**ahead)


def statuses():
    return dict(OutgoingMail.objects.values_list("to", "status"))


def test_a_mail_goes_out_once_as_it_was_written(write, mail_server):
    mail = write()

    assert deliver_due(timezone.now) == 1
    assert deliver_due(timezone.now) == 0

    [(address, content)] = mail_server.got
    assert address == "anna@example.org"
    assert content == bytes(mail.message)
    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.claim) == (Status.SENT, 1, "")


def test_many_mails_share_one_connection(write, mail_server):
    for number in range(45):
        write(f"lid{number}@example.org")

    assert deliver_due(timezone.now) == 45
    assert len(mail_server.got) == 45
    assert mail_server.connections == 1


def test_what_is_urgent_goes_first(write, mail_server):
    write("nieuws@example.org")
    write("code@example.org", urgent=True)

    deliver_due(timezone.now)

    assert [address for address, _ in mail_server.got] == ["code@example.org", "nieuws@example.org"]


def test_an_address_that_is_unknown_fails_at_once_and_the_others_go_on(write, mail_server):
    mail_server.refuse["weg@example.org"] = "550 5.1.1 No such user"
    write("weg@example.org")
    write("anna@example.org")

    assert deliver_due(timezone.now) == 1

    assert statuses() == {"weg@example.org": "failed", "anna@example.org": "sent"}
    assert "No such user" in OutgoingMail.objects.get(status="failed").last_error


def test_a_full_mailbox_is_tried_again_with_growing_pauses_until_we_give_up(
    write, mail_server, later
):
    mail_server.refuse["vol@example.org"] = "452 4.2.2 Mailbox full"
    mail, pauses, passed = write("vol@example.org"), [], timedelta()
    while mail.status == Status.WAITING and len(pauses) < 30:
        now = timezone.now() + passed
        deliver_due(lambda now=now: now)
        mail.refresh_from_db()
        pauses.append(mail.due_at - now)
        passed += pauses[-1]

    assert [round(pause / timedelta(minutes=1)) for pause in pauses[:7]] == [
        1,
        5,
        15,
        60,
        180,
        360,
        360,
    ]
    assert mail.status == Status.FAILED
    assert timedelta(days=3) <= passed < timedelta(days=3, hours=7)
    assert "Mailbox full" in mail.last_error


def test_a_mailbox_that_has_room_again_gets_it_once(write, mail_server, later):
    mail_server.refuse["vol@example.org"] = "452 4.2.2 Mailbox full"
    write("vol@example.org")
    deliver_due(timezone.now)
    mail_server.refuse.clear()

    assert deliver_due(timezone.now) == 0  # not yet
    assert deliver_due(later(minutes=2)) == 1
    assert len(mail_server.got) == 1


def test_a_mail_server_that_is_away_for_a_day_costs_nothing(write, mail_server, later):
    mail_server.stop()
    for number in range(30):
        write(f"lid{number}@example.org")
    for hour in range(24):
        assert deliver_due(later(hours=hour)) == 0
    assert set(statuses().values()) == {"waiting"}
    assert "Geen verbinding" in OutgoingMail.objects.last().last_error

    mail_server.start()

    assert deliver_due(later(hours=24)) == 30
    assert len({address for address, _ in mail_server.got}) == len(mail_server.got) == 30


def test_a_server_that_refuses_us_loses_nothing(write, mail_server, settings, later):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "wij", "fout"
    write()

    assert deliver_due(timezone.now) == 0
    assert statuses() == {"anna@example.org": "waiting"}


def test_a_connection_that_breaks_after_the_message_gives_a_marked_copy(write, mail_server, later):
    mail_server.hang_up_after_data = True
    write()
    deliver_due(timezone.now)
    mail_server.hang_up_after_data = False
    deliver_due(later(minutes=2))

    first, second = (message_from_bytes(content) for _, content in mail_server.got)
    assert first["X-Kennispunt-Copy"] is None
    assert second["X-Kennispunt-Copy"] == "2; the first may have arrived"
    assert first["Message-ID"] == second["Message-ID"]


def test_two_workers_never_reserve_the_same(write):
    for number in range(delivery.BATCH + 5):
        write(f"lid{number}@example.org")

    first, second = reserve("een", timezone.now()), reserve("twee", timezone.now())

    assert (len(first), len(second)) == (delivery.BATCH, 5)
    assert not {mail.pk for mail in first} & {mail.pk for mail in second}


def test_a_worker_that_loses_the_race_takes_what_comes_next(write):
    for number in range(delivery.BATCH + 5):
        write(f"lid{number}@example.org")
    faster = []

    def another_is_first(execute, sql, *rest):
        if sql.startswith("UPDATE") and not faster:
            faster.append(None)
            faster[:] = reserve("vlug", timezone.now())
        return execute(sql, *rest)

    with connection.execute_wrapper(another_is_first):
        slower = reserve("traag", timezone.now())

    assert (len(faster), len(slower)) == (delivery.BATCH, 5)


WORKER = """
import sys, django; django.setup()
from datetime import timedelta
from django.utils import timezone
from kennispunt.mail.delivery import deliver_due
from kennispunt.mail.send import send
later, written = map(int, sys.argv[1:])
for number in range(written):
    send("accounts/mail/staff.md", to=f"lid{number}@example.org", purpose="test")
deliver_due(lambda: timezone.now() + timedelta(minutes=later))
"""


def test_a_kill_in_the_middle_gives_second_copies_and_every_one_is_marked(mail_server):
    """In real processes: the mail server kills the worker when it has got the third message."""
    with databases.copy() as url:
        port = mail_server.port
        env = os.environ | {"DATABASE_URL": url, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}

        def start(*arguments):
            return subprocess.Popen([sys.executable, "-c", WORKER, *arguments], env=env)

        worker = start("0", "7")
        mail_server.when_got[3] = worker.kill
        assert worker.wait() == -signal.SIGKILL
        assert start("6", "0").wait() == 0

    ids = [message_from_bytes(content)["Message-ID"] for _, content in mail_server.got]
    marked = [b"X-Kennispunt-Copy: 2" in content for _, content in mail_server.got]
    assert len(set(ids)) == 7
    assert len(ids) == 3 + 7
    assert marked[:3] == [False] * 3
    assert all(mark for number, mark in enumerate(marked) if ids[number] in ids[:number])
    assert sum(marked) == delivery.GROUP


def test_of_a_killed_worker_only_the_mail_on_its_way_is_doubtful(write, mail_server, later):
    for number in range(3):
        write(f"lid{number}@example.org")
    on_its_way = reserve("gedood", timezone.now())[0]
    OutgoingMail.objects.filter(pk=on_its_way.pk).update(status=Status.SENDING)

    assert deliver_due(later(minutes=4)) == 0  # it may still be alive
    assert deliver_due(later(minutes=6)) == 3

    marked = [address for address, content in mail_server.got if b"X-Kennispunt-Copy" in content]
    assert marked == [on_its_way.to]


def test_a_server_that_goes_away_in_the_middle_leaves_no_doubt_about_the_rest(write, mail_server):
    for number in range(4):
        write(f"lid{number}@example.org")
    mail_server.refuse["lid1@example.org"] = "421 Too busy"

    assert deliver_due(timezone.now) == 1

    rows = OutgoingMail.objects.order_by("pk")
    fields = ("status", "attempts", "claim", "perhaps_sent")
    assert list(rows.values_list(*fields)) == [
        ("sent", 1, "", False), ("waiting", 1, "", False),
        ("waiting", 0, "", False), ("waiting", 0, "", False),
    ]  # fmt: skip


def test_what_is_left_of_a_group_waits_when_the_server_is_slow(write, mail_server):
    """Nobody else may take what we are still sending: LEASE must be longer than we are busy."""
    for number in range(4):
        write(f"lid{number}@example.org")
    now = timezone.now()
    times = iter(now + delivery.IN_TIME * step / 2 for step in range(100))

    assert deliver_due(lambda: next(times)) == 4

    assert len(mail_server.got) == 4
    assert set(OutgoingMail.objects.values_list("attempts", "claim")) == {(1, "")}


def test_a_worker_that_was_too_slow_leaves_it_to_the_other(write, mail_server):
    write()
    slow = reserve("langzaam", timezone.now())[0]
    release_stale(timezone.now() + delivery.LEASE)
    deliver_due(timezone.now)

    with delivery.Post() as post:
        delivery.deliver_group([slow], post, timezone.now, [])
    assert len(mail_server.got) == 1


def test_a_code_that_is_too_late_is_not_sent_and_is_wiped(write, mail_server, later):
    mail = write(expires_at=timezone.now() + timedelta(minutes=15))

    assert deliver_due(later(minutes=16)) == 0

    mail.refresh_from_db()
    assert (mail.status, mail.message, mail.subject) == (Status.LAPSED, None, "")


def test_a_code_that_was_sent_is_wiped_when_it_expires(write, mail_server, later):
    mail = write(expires_at=timezone.now() + timedelta(minutes=15))
    deliver_due(timezone.now)

    deliver_due(later(minutes=16))

    mail.refresh_from_db()
    assert (mail.status, mail.message) == (Status.SENT, None)


def test_a_row_that_cannot_be_sent_does_not_hold_up_the_rest(write, mail_server):
    odd = write("eerst@example.org")
    write("daarna@example.org")
    OutgoingMail.objects.filter(pk=odd.pk).update(to="é, b@example.org")

    assert deliver_due(timezone.now) == 1

    assert [address for address, _ in mail_server.got] == ["daarna@example.org"]
    odd.refresh_from_db()
    assert (odd.status, odd.attempts) == (Status.WAITING, 1)


def test_another_backend_gets_the_same_message(write, mailoutbox):
    write(reply_to="antwoord@example.org")

    assert deliver_due(timezone.now) == 1

    [mail] = mailoutbox
    assert mail.to == ["anna@example.org"]
    assert mail.reply_to == ["antwoord@example.org"]
    assert mail.body.startswith("Hallo.")
    assert mail.alternatives[0].mimetype == "text/html"
    assert mail.extra_headers["Message-ID"] == OutgoingMail.objects.get().message_id
