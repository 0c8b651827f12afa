"""The ground of all tests: a fresh database per process, no network, and the people."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest

from tests import databases

# A busy machine is no fault: no test has a deadline.
hypothesis.settings.register_profile("kennispunt", deadline=None)
hypothesis.settings.load_profile("kennispunt")

SHARED = Path(__file__).resolve().parent.parent / "shared"


@pytest.fixture(scope="session")
def use_database(django_db_blocker):
    """use_database("starter"): the coming tests work in that one. A copy for this process alone."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.cache import cache
    from django.db import connection

    with ExitStack() as copies, django_db_blocker.unblock():
        made = {}

        def use(kind):
            if kind not in made:
                made[kind] = databases.settings_of(copies.enter_context(databases.copy(kind)))
            if connection.settings_dict["NAME"] != made[kind]["NAME"]:
                connection.close()
                connection.settings_dict["NAME"] = made[kind]["NAME"]
                cache.clear()
                ContentType.objects.clear_cache()

        use.forget = lambda kind: made.pop(kind)
        yield use
        connection.close()


@pytest.fixture
def django_db_setup(request, use_database, django_db_blocker):
    """The database is open before pytest-django begins the transaction of the test."""
    kinds = [kind for kind in databases.KINDS if kind in request.fixturenames]
    kind = kinds[0] if kinds else "empty"
    with django_db_blocker.unblock():
        use_database(kind)
    yield
    marker = request.node.get_closest_marker("django_db")
    by_mark = marker and marker.kwargs.get("transaction")
    if by_mark or "transactional_db" in request.fixturenames:
        use_database.forget(kind)  # it was left empty, without the groups: the next has a new copy


@pytest.fixture
def starter(db):
    """The database holds what a new site begins with: all areas, facts and texts.

    It was loaded once (tests/databases.py); what a test changes is undone as always.
    """


@pytest.fixture
def upgraded(db):
    """The database is a filled one of the last release, migrated to today."""


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """No test reaches another host: a connection to anything but loopback is an error."""
    original = socket.socket.connect

    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = address[0]
            if host != "::1" and not host.startswith("127.") and host != "localhost":
                raise AssertionError(f"a test tried to reach {address}")
        return original(self, address)

    socket.socket.connect = connect
    yield
    socket.socket.connect = original


@pytest.fixture(scope="session")
def shared_data():
    """The folder with real official files; required under CI, else its tests say they are skipped."""
    folder = SHARED / "data"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail("the real files of ../shared/data are required under CI")
        pytest.skip("the real files of ../shared/data are not here")
    return folder


# --- People ------------------------------------------------------------------------------------


@pytest.fixture
def make_user(db):
    """make_user("anna", superuser=False, group="Editors"): a person with an account.

    Staff has the second factor that the back office asks for, unless second_factor=False.
    """
    from allauth.mfa.totp.internal.auth import TOTP
    from django.contrib.auth.models import Group

    from kennispunt.accounts.models import User

    def make(name="anna", *, superuser=False, group=None, second_factor=True):
        user = User.objects.create_user(
            f"{name}@example.org", "kennispunt", name=name.title(), is_superuser=superuser
        )
        if group:
            user.groups.add(Group.objects.get(name=group))
        if second_factor and (superuser or group):
            TOTP.activate(user, "JBSWY3DPEHPK3PXP")
        return user

    return make


@pytest.fixture
def asser_kring(db):
    """Party A: eligible, in Assen."""
    from kennispunt.parties.tests.make import make_party

    return make_party("Asser Kring")


@pytest.fixture
def lokaal_hazelmeer(db):
    """Party B: eligible, a rival of party A in Assen."""
    from kennispunt.parties.tests.make import make_party

    return make_party("Lokaal Hazelmeer")


@pytest.fixture
def wij_molenkerk(db):
    """A party in oprichting, in Emmen."""
    from kennispunt.parties.tests.make import FOUNDING, make_party

    return make_party("Wij Molenkerk", area="GM0114", **FOUNDING)


@pytest.fixture
def anna(make_user, asser_kring):
    """Chair of party A: manages its people and casts its vote."""
    return speaks("anna", make_user, asser_kring, manages=True)


@pytest.fixture
def bram(make_user, asser_kring):
    """Volunteer of party A."""
    return speaks("bram", make_user, asser_kring, role="volunteer")


@pytest.fixture
def carla(make_user, lokaal_hazelmeer):
    """On the board of party B, and manages its people."""
    return speaks("carla", make_user, lokaal_hazelmeer, manages=True, role="board")


@pytest.fixture
def daan(make_user, wij_molenkerk):
    """Founder of a party that has no list yet."""
    return speaks("daan", make_user, wij_molenkerk, manages=True, role="founder")


def speaks(name, make_user, party, **mandate):
    from kennispunt.parties.tests.make import make_mandate

    person = make_user(name)
    make_mandate(person, party, **mandate)
    return person


@pytest.fixture
def eva(make_user):
    """Editor."""
    return make_user("eva", group="Editors")


@pytest.fixture
def maud(make_user):
    """Moderator."""
    return make_user("maud", group="Moderators")


@pytest.fixture
def tess(make_user):
    """Trainer."""
    return make_user("tess", group="Trainers")


@pytest.fixture
def petra(make_user):
    """Project leader: decides about parties."""
    return make_user("petra", group="Project leaders")


@pytest.fixture
def titles():
    """Return the work of mail on the desk of a person, which the office offers: it stands above."""
    from kennispunt.office import desk

    return lambda user: [line.title for line in desk.waiting(user)]


@pytest.fixture
def page_cache(settings):
    """The page cache as on a server. page_cache.commit(): what was written is there for all."""
    from django.core.cache import caches
    from django.db import connection

    from kennispunt.pagecache.store import generation

    class PageCache:
        def commit(self):
            """Let a transaction end; that of the test goes on."""
            hooks, connection.run_on_commit = connection.run_on_commit, []
            for _, hook, _ in hooks:
                hook()

    settings.PAGE_CACHE = True
    settings.PAGE_CACHE_SECONDS = 60  # in this process a change must show without waiting
    caches["pages"].clear()
    generation.forget()
    yield PageCache()
    caches["pages"].clear()
    generation.forget()


@pytest.fixture
def outbox(db):
    """outbox(): the mails that were written so far, oldest first; each has .to .subject .text .html."""
    from kennispunt.mail.models import OutgoingMail

    return lambda: list(OutgoingMail.objects.order_by("pk"))


# --- A browser on a running site ------------------------------------------------------------------


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a real site in a process of its own, with the example data."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = tmp_path_factory.mktemp("site") / "log"
    with databases.copy("example") as url, log.open("w") as output:
        env = os.environ | {
            "DATABASE_URL": url, "DEBUG": "0", "TESTING": "1", "DEVELOPER_PAGES": "1", "SITE_URL": address, "PAGE_CACHE": "1",
            "MEDIA_ROOT": str(log.parent / "media"),
        }  # fmt: skip
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "kennispunt.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"],
            env=env, stdout=output, stderr=output,
        )  # fmt: skip
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"{address}/gezond/", timeout=5)
                    break
                except OSError:
                    assert server.poll() is None, log.read_text()
                    time.sleep(0.1)
            else:
                pytest.fail(f"the site did not start:\n{log.read_text()}")
            yield address
        finally:
            server.terminate()
            server.wait()


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would refuse the database to later tests.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, site):
    """An empty tab at desktop size; page.goto("/…") is on the running site."""
    context = chromium.new_context(
        base_url=site, locale="nl-NL", viewport={"width": 1440, "height": 900}
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


# --- Real servers of Debian -----------------------------------------------------------------------


def program(name, package):
    """Return where this program of Debian is; else skip the test, which fails under CI."""
    if found := shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin"):
        return found
    missing = f"NOT RUN: there is no {name} here. On Debian: sudo apt install {package}"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def dovecot():
    """Debian's dovecot on loopback, with mailboxes of its own: dovecot.url("anna")."""
    from tests.dovecot import Dovecot

    with Dovecot(program("dovecot", "dovecot-imapd")) as server:
        yield server


@pytest.fixture(scope="session")
def thunderbird():
    """The calendar parser of Thunderbird and Nextcloud: thunderbird.read(raw, …)."""
    from tests.others import Thunderbird

    return Thunderbird(program("npm", "npm"), program("node", "nodejs"))


@pytest.fixture(scope="session")
def libreoffice():
    """Debian's office programs: libreoffice.read({name: content}), all files at once."""
    from tests.others import LibreOffice

    return LibreOffice(program("soffice", "libreoffice-calc-nogui libreoffice-writer-nogui"))


@pytest.fixture(scope="session")
def clamd():
    """Debian's virus scanner on loopback, that knows the test virus alone: clamd.urls["tcp"]."""
    from tests.clamd import Clamd

    with Clamd(program("clamd", "clamav-daemon")) as scanner:
        yield scanner


@pytest.fixture(scope="session")
def swift():
    """Debian's OpenStack Swift on loopback, an S3-compatible store: swift.make_bucket()."""
    from tests.swift import Swift

    program("swift-proxy-server", "swift-proxy swift-account swift-container swift-object")
    with Swift() as store:
        yield store


@pytest.fixture
def redis(settings):
    """Debian's Redis on loopback, for both our caches; redis.kill(), redis.freeze()."""
    from tests.redis import Redis

    with Redis(program("redis-server", "redis-server")) as server:
        shared = {
            "BACKEND": "kennispunt.pagecache.shared.SharedCache", "LOCATION": server.url,
        }  # fmt: skip
        settings.CACHES = {"default": shared, "pages": shared}
        yield server
