"""10,000 mixed messages in, with a worker that is killed (kill -9) in the middle.

None may be lost and none handled twice: the benchmark fails otherwise.
"""

import os
import random
import signal
import subprocess
import sys
import time
from email.message import EmailMessage

SIZE = 10_000


def letters(size):
    """Answers short and long, HTML, files, automatic answers, returned mail, strangers, twins."""
    from kennispunt.mail.addresses import signed_address

    chance = random.Random(4)
    for number in range(size):
        kind = chance.choices(
            ["answer", "html", "file", "vacation", "stranger", "twin"], [50, 20, 8, 10, 8, 4]
        )[0]
        person = f"lid{number}@example.org"
        message = EmailMessage()
        message["From"] = f"Lid {number} <{person}>"
        message["Message-ID"] = f"<{number}@example.org>"
        message["Date"] = "Tue, 24 Nov 2026 10:12:00 +0100"
        message["Subject"] = "Re: Met hoeveel komen jullie?"
        message["To"] = (
            "info@kennispunt.example"
            if kind == "stranger"
            else signed_address("bench.letter", number, person)
        )
        words = " ".join(chance.choices(["we", "komen", "met", "drie", "mensen"], k=80))
        quoted = "\n".join(f"> {words}" for _ in range(chance.randint(0, 30)))
        message.set_content(
            f"{words}\n\nGroet,\nLid\n\nOp di 24 nov 2026 schreef Tess:\n\n{quoted}"
        )
        if kind == "html":
            message.add_alternative(f"<p>{words}</p>" * 20, subtype="html")
        if kind == "file":
            message.add_attachment(
                chance.randbytes(200_000), maintype="application", subtype="pdf", filename="a.pdf"
            )
        if kind == "vacation":
            message["Auto-Submitted"] = "auto-replied"
        raw = message.as_bytes()
        yield raw
        if kind == "twin":
            yield b"Received: by another server\r\n" + raw


WORKER = """
import django
django.setup()
from kennispunt.mail import handlers, intake

def handle(message, key):
    # A row of any model will do as the work of a handler: its words are unique here.
    from django.contrib.sessions.models import Session
    from django.utils import timezone
    Session.objects.create(session_key=f"bench{key}", expire_date=timezone.now())

handlers.register("bench.letter", handle)
intake.handle.call()
"""


def run(size):
    from django.contrib.sessions.models import Session

    from kennispunt.mail import intake
    from kennispunt.mail.models import IncomingMail

    size = size or SIZE
    made = list(letters(size))
    began = time.perf_counter()
    for raw in made:
        intake.keep(raw, via="bench")
    yield f"{len(made):,} arrivals: kept", len(made) / (time.perf_counter() - began), "messages/s"

    began = time.perf_counter()
    worker = start()
    while IncomingMail.objects.filter(status="kept").count() > size / 2:
        time.sleep(0.05)
        if worker.poll() is not None:
            raise SystemExit("the worker stopped by itself")
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    # The one that was in its hands comes back after a pause; we do not wait for that here.
    yield (
        "handled when the worker was killed",
        size - IncomingMail.objects.filter(status="kept").count(),
        "messages",
    )
    IncomingMail.objects.filter(status="kept").update(due_at="2026-01-01T00:00Z")
    if start().wait():
        raise SystemExit("the second worker failed")
    taken = time.perf_counter() - began
    yield "handled, with the kill", size / taken, "messages/s"

    counts = {s: IncomingMail.objects.filter(status=s).count() for s in IncomingMail.Status.values}
    done = Session.objects.filter(session_key__startswith="bench").count()
    lost = size - sum(counts.values())
    yield "lost", lost, "messages"
    yield "handled twice", done - counts["handled"], "messages"
    if lost or counts["kept"] or done != counts["handled"]:
        raise SystemExit(f"lost or double: {counts}, {done} done")


def start():
    return subprocess.Popen([sys.executable, "-c", WORKER], env=os.environ)
