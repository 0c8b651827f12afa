"""Mail out, to Postfix's smtp-sink: how fast against ready-made bytes, and what a kill costs.

smtp-sink takes what it gets as fast as it can, and keeps it in a file where one wants to count.
"""

import os
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.test import override_settings
from django.utils import timezone

SPEED, KILLED, AWAY = 2000, 10_000, 500  # messages, when no size is given
WORKERS = 2
WORK = """
import django; django.setup()
from django.utils import timezone
from kennispunt.mail.delivery import deliver_due
deliver_due(timezone.now)
"""
TEXT = (
    """Onderwerp: Over drie dagen is je training

Hallo {{ name }},

Tot dinsdag 12 januari 2027. We beginnen om 19.30 uur.

[Bekijk de training]({{ site }}/trainingen/12/)

"""
    + "Kun je toch niet? Laat het nu weten, dan kan een ander mee. " * 20
)


def run(size):
    yield from outgoing(size)


def outgoing(size):
    with tempfile.TemporaryDirectory(prefix="kennispunt-mail-") as folder:
        yield from speed(size or SPEED, Path(folder))
        yield from killed(size or KILLED, Path(folder))
        yield from away(size or AWAY, Path(folder))


# --- What is measured ---------------------------------------------------------------------------


def speed(count, folder):
    """One process, one connection: our outbox against nothing but smtplib and the same bytes."""
    from kennispunt.mail.delivery import deliver_due
    from kennispunt.mail.models import OutgoingMail

    began = time.perf_counter()
    fill(count, folder)
    yield "out: written to the outbox", count / (time.perf_counter() - began), "mails/s"
    with sink() as port:
        messages = [bytes(m) for m in OutgoingMail.objects.values_list("message", flat=True)]
        began = time.perf_counter()
        with smtplib.SMTP("127.0.0.1", port) as server:
            for message in messages:
                server.sendmail("a@example.org", ["b@example.org"], message)
        bare = count / (time.perf_counter() - began)
        began = time.perf_counter()
        with mail_to(port):
            sent = deliver_due(timezone.now)
        ours = count / (time.perf_counter() - began)
    assert sent == count, f"{sent} of {count} were sent"
    yield "out: ready-made bytes, smtplib alone", bare, "mails/s"
    yield "out: through the outbox", ours, "mails/s"
    yield "out: outbox against ready-made bytes", ours / bare, "x"


def killed(count, folder):
    """Two workers, kill -9 in the middle, and a new start after the lease."""
    from kennispunt.mail.delivery import LEASE, deliver_due
    from kennispunt.mail.models import OutgoingMail

    fill(count, folder)
    dump = folder / "killed"
    with sink(dump) as port:
        env = os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        workers = [
            subprocess.Popen([sys.executable, "-c", WORK], env=env, start_new_session=True)
            for _ in range(WORKERS)
        ]
        while OutgoingMail.objects.filter(status="sent").count() < count // 2:
            assert any(worker.poll() is None for worker in workers), "the workers stopped"
            time.sleep(0.02)
        for worker in workers:
            if worker.poll() is None:  # one may have found nothing free, and ended
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        on_its_way = OutgoingMail.objects.filter(status="sending").count()
        with mail_to(port):
            deliver_due(lambda: timezone.now() + LEASE + timedelta(seconds=1))
        time.sleep(0.5)
    yield from judge("out, kill -9", count, dump)
    yield "out, kill -9: on their way at the kill", on_its_way, "mails"


def away(count, folder):
    """No mail server for a day, tried every hour; then there is one."""
    from kennispunt.mail.delivery import deliver_due

    fill(count, folder)
    now = timezone.now()
    with mail_to(free_port()):
        for hour in range(24):
            assert deliver_due(lambda hour=hour: now + timedelta(hours=hour)) == 0
    dump = folder / "away"
    with sink(dump) as port, mail_to(port):
        deliver_due(lambda: now + timedelta(days=1))
    yield from judge("out, a day without server", count, dump)


def judge(what, count, dump):
    """Count by Message-ID what arrived: lost, doubled, and doubled without a mark."""
    arrived, marked = Counter(), Counter()
    for message in dump.read_text("utf-8", "replace").split("X-Client-Addr:")[1:]:
        [message_id] = re.findall(r"^Message-ID: (<\S+>)", message, re.MULTILINE)
        arrived[message_id] += 1
        marked[message_id] += "X-Kennispunt-Copy: 2" in message
    twice = [message_id for message_id, times in arrived.items() if times > 1]
    yield f"{what}: written", count, "mails"
    yield f"{what}: lost", count - len(arrived), "mails"
    yield f"{what}: arrived twice", len(twice), "mails"
    yield f"{what}: twice without a mark", sum(not marked[m] for m in twice), "mails"


# --- What it needs ------------------------------------------------------------------------------


def fill(count, folder):
    """An outbox with this many mails and nothing else; all of it to invented addresses."""
    from django.conf import settings

    from kennispunt.mail.models import OutgoingMail
    from kennispunt.mail.send import send

    OutgoingMail.objects.all().delete()
    (folder / "bench.md").write_text(TEXT)
    [engine] = settings.TEMPLATES
    with override_settings(TEMPLATES=[engine | {"DIRS": [folder]}]):
        for number in range(count):
            send("bench.md", to=f"lid{number}@example.org", purpose="bench", name=f"Lid {number}")


@contextmanager
def mail_to(port):
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_USE_TLS=False, EMAIL_USE_SSL=False,
        EMAIL_HOST_USER="", EMAIL_HOST_PASSWORD="",
    ):  # fmt: skip
        yield


@contextmanager
def sink(dump=None):
    """Postfix's smtp-sink on a free port; with `dump` it keeps all it gets in that file."""
    port = free_port()
    keep = ["-D", str(dump)] if dump else []
    process = subprocess.Popen([smtp_sink(), "-u", "root", *keep, f"127.0.0.1:{port}", "256"])
    try:
        for _ in range(100):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def smtp_sink():
    """Return where it is; installed when it is not and we may."""
    path = os.environ["PATH"] + ":/usr/sbin"
    if found := shutil.which("smtp-sink", path=path):
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "install", "-y", "--no-install-recommends", "postfix"]
        subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
        return shutil.which("smtp-sink", path=path)
    raise SystemExit("smtp-sink is missing. On Debian and Ubuntu: sudo apt install postfix")
