"""Five hundred people sign up at once for twenty places, at a running site of several processes.

What counts: exactly twenty are placed, the rest waits in the order of signing up, nobody is lost
and nobody sees an error page. The time is that of the sign-up as the person waits for it.
"""

import http.client
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib.util import find_spec
from itertools import pairwise
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate

from bench.servers import serving

PEOPLE, PLACES = 500, 20
AT_ONCE = 100  # connections that are open together; a server keeps the others in its queue
EDITIONS = (3, 1000)


def run(size):
    yield from crowd(size or PEOPLE)
    yield from agenda()


# --- A crowd -------------------------------------------------------------------------------------


def crowd(count):
    people = make_people(count)
    edition = make_editions(1, places=PLACES)[0]
    server = "granian" if find_spec("granian") else "gunicorn threads"
    with serving("kennispunt.wsgi", server) as (address, _):
        path = f"{edition.get_absolute_url()}inschrijven/"
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(lambda one: sign_up(address, path, *one), people))
    times = [seconds * 1000 for _, seconds in answers]
    yield from outcome(edition, [person for person, _ in people], [code for code, _ in answers])
    yield "median", median(times), "ms"
    yield "p95", quantiles(times, n=20)[-1], "ms"


def outcome(edition, people, codes):
    from kennispunt.mail.models import OutgoingMail
    from kennispunt.trainings.queue import waiting_list

    rows = list(edition.registrations.values_list("person", "state", "seat", "signed_up_at"))
    states = Counter(state for _, state, _, _ in rows)
    seats = [seat for _, _, seat, _ in rows if seat]
    waiting = [one.signed_up_at for one in waiting_list(edition)]
    mails = OutgoingMail.objects.filter(purpose__in=["trainings.placed", "trainings.waiting"])
    yield "placed", states["placed"], "people"
    yield "waiting", states["waiting"], "people"
    yield "lost", len(set(people) - {person for person, *_ in rows}), "people"
    yield "errors", sum(code >= 400 for code in codes), "answers"
    yield "placed twice", len(seats) - len(set(seats)), "people"
    yield (
        "out of order on the list",
        sum(before > after for before, after in pairwise(waiting)),
        "people",
    )
    yield "without a mail", len(people) - mails.values("to").distinct().count(), "people"


def sign_up(address, path, person, session):
    """The status code of one sign-up, and the seconds that it took."""
    host = urlsplit(address)
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={'a' * 32}"
    body = urlencode({"who": person, "question": "", "csrfmiddlewaretoken": "a" * 32})
    headers = {
        "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Origin": address,
    }  # fmt: skip
    began = time.perf_counter()
    server = http.client.HTTPConnection(host.hostname, host.port, timeout=120)
    try:
        server.request("POST", path, body, headers)
        answer = server.getresponse()
        answer.read()
        return answer.status, time.perf_counter() - began
    except OSError:
        return 599, time.perf_counter() - began
    finally:
        server.close()


def make_people(count):
    """(number, key of a session) of people who each speak for a party of their own."""
    from kennispunt.accounts.models import User
    from kennispunt.parties.models import Mandate, Party

    today = localdate()
    users = User.objects.bulk_create(
        User(email=f"deelnemer{n}@example.org", name=f"Deelnemer {n}") for n in range(count)
    )
    parties = Party.objects.bulk_create(
        Party(
            name=f"Partij {n}", folded=f"partij {n}", status=Party.Status.ELIGIBLE,
            status_since=today,
        )
        for n in range(count)
    )  # fmt: skip
    Mandate.objects.bulk_create(
        Mandate(
            person=user, party=party, role=Mandate.Role.CHAIR, began_on=today, accepted_on=today
        )
        for user, party in zip(users, parties, strict=True)
    )
    return [(user.pk, session_of(user)) for user in users]


def session_of(user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


# --- A long agenda -------------------------------------------------------------------------------


def make_editions(count, **fields):
    from kennispunt.trainings.models import Edition, Meeting, Room, Training

    training, room = Training.objects.first(), Room.objects.first()
    begins = [timezone.now() + timedelta(days=40, hours=number) for number in range(count)]
    length = timedelta(hours=2)
    editions = Edition.objects.bulk_create(
        Edition(
            training=training, room=room, status=Edition.Status.OPEN, starts_at=begin,
            ends_at=begin + length, **fields,
        )
        for begin in begins
    )  # fmt: skip
    Meeting.objects.bulk_create(
        Meeting(edition=one, starts_at=one.starts_at, ends_at=one.ends_at) for one in editions
    )
    return editions


def agenda():
    """The agenda with many editions: database statements and bytes, without the page cache."""
    from django.test import Client

    client = Client()
    client.get("/trainingen/")
    there = 0
    for count in EDITIONS:
        make_editions(count - there)
        there = count
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/trainingen/")
        yield f"agenda with {count} editions: statements", len(queries), "queries"
        yield f"agenda with {count} editions", len(page.content), "bytes"
