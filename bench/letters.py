"""One letter to many addresses: what each costs in bytes and statements, and how fast it goes.

The letter is of 6 KB in text and has three things that differ for each address. The mail server is
Postfix's smtp-sink, which takes what it gets.
"""

import tempfile
import time
from pathlib import Path

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.mail import TEXT, mail_to, sink

SIZE = 2000  # addresses
SENT = 2000  # of them that go to the mail server, at most: the speed does not change after that


def run(size):
    from django.conf import settings

    with tempfile.TemporaryDirectory(prefix="kennispunt-letters-") as folder:
        (Path(folder) / "letter.md").write_text(TEXT.replace("/trainingen/12/", "{{ link }}"))
        [engine] = settings.TEMPLATES
        with override_settings(TEMPLATES=[engine | {"DIRS": [folder]}]):
            yield from letters(size or SIZE)


def letters(count):
    from kennispunt.mail import many
    from kennispunt.mail.models import LetterToMany, OutgoingMail

    OutgoingMail.objects.all().delete()
    LetterToMany.objects.all().delete()
    letter = many.write("letter.md", purpose="bench", words=["name"], links=["link", "unsubscribe"])
    empty, began = stored(), time.perf_counter()
    many.fill(letter, after(count))
    yield "written", count / (time.perf_counter() - began), "addresses/s"
    yield "kept once", len((letter.text + letter.html).encode()), "bytes"
    yield "kept of each address, with its indexes", (stored() - empty) / count, "bytes"
    yield "a whole mail, as it was kept before", len(OutgoingMail.objects.last().content), "bytes"
    yield from sent(min(count, SENT))
    yield from stopped(letter)


def after(count):
    """Receivers made when asked, as an owner reads them from its own table."""
    from kennispunt.mail import many

    def some(number):
        return [
            many.Receiver(at, f"abonnee.{at}@gemeente.example", {
                "name": f"Lid {at}", "link": f"/n/{at:x}/", "unsubscribe": f"/n/{at:x}/stop/",
            })
            for at in range(number + 1, min(number + many.BATCH, count) + 1)
        ]  # fmt: skip

    return some


def sent(count):
    from kennispunt.mail import delivery

    with sink() as port, mail_to(port):
        with CaptureQueriesContext(connection) as asked:
            claimed = delivery.reserve("bench", timezone.now())
            delivery.release("bench")
        yield "to claim twenty of them", len(asked) - 1, "statements"
        assert claimed
        began = time.perf_counter()
        done = deliver_at_most(count)
        yield "sent by one worker", done / (time.perf_counter() - began), "addresses/s"


def deliver_at_most(count):
    """As deliver_due, and no further: a million is not sent to measure its speed."""
    from kennispunt.mail import delivery
    from kennispunt.mail.post import Post

    taken = []
    with Post() as post:
        while len(taken) < count and (mails := delivery.reserve("bench", timezone.now())):
            for first in range(0, len(mails), delivery.GROUP):
                group = mails[first : first + delivery.GROUP]
                delivery.deliver_group(group, post, timezone.now, taken)
    return len(taken)


def stopped(letter):
    from kennispunt.mail import delivery, many

    began = time.perf_counter()
    many.stop(letter, at=timezone.now())
    yield "stopped, for who presses the button", 1000 * (time.perf_counter() - began), "ms"
    began = time.perf_counter()
    delivery.lapse(timezone.now())
    yield "the rest lapsed, by a worker", time.perf_counter() - began, "s"


def stored():
    """Bytes of the database that are in use."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('mail_outgoingmail')")
            return cursor.fetchone()[0]
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute("PRAGMA freelist_count")
        pages -= cursor.fetchone()[0]
        cursor.execute("PRAGMA page_size")
        return pages * cursor.fetchone()[0]
