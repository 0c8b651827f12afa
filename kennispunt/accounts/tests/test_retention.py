"""What is forgotten of how people sign in, and what is left of it on the disk."""

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from kennispunt.accounts import clock, erasure, unfinished
from kennispunt.accounts.models import User
from kennispunt.accounts.retention import (
    forget_erasures,
    forget_sessions,
    forget_told_of_change,
    forget_unconfirmed,
)
from kennispunt.accounts.tests.test_sign_in import ask_code, code_in, sign_in
from kennispunt.mail.models import OutgoingMail
from kennispunt.mail.send import send


@pytest.mark.django_db
def test_session_that_is_over_is_forgotten_with_its_address(client, make_user):
    anna = make_user("anna")
    client.force_login(anna)
    alive = client.session.session_key
    now = timezone.now()
    for key, ends in ((alive, now + timedelta(days=1)), ("over", now - timedelta(hours=1))):
        Session.objects.update_or_create(session_key=key, defaults={"expire_date": ends})
    for key in (alive, "over", "ended"):
        UserSession.objects.update_or_create(
            session_key=key, defaults={"user": anna, "ip": "127.0.0.1", "user_agent": "proef"}
        )

    forget_sessions(now)

    assert list(UserSession.objects.values_list("session_key", flat=True)) == [alive]
    assert list(Session.objects.values_list("session_key", flat=True)) == [alive]


@pytest.fixture
def erasures(settings, tmp_path):
    settings.ERASURES_FILE = tmp_path / "erasures"
    return settings.ERASURES_FILE


@pytest.mark.django_db(transaction=True)
def test_who_was_erased_is_forgotten_when_no_backup_is_so_old(make_user, erasures, settings):
    erasures.write_text("of-before-there-were-days\n")
    erasure.delete(make_user("anna"))
    today = timezone.now()

    assert forget_erasures(today) == 0
    assert len(erasures.read_text().split()) == 4  # both with their day
    assert forget_erasures(today + timedelta(days=settings.BACKUP_DAYS)) == 0
    assert forget_erasures(today + timedelta(days=settings.BACKUP_DAYS + 8)) == 2
    assert erasures.read_text() == ""


def test_an_erasure_that_comes_in_between_is_not_lost(erasures, make_user, monkeypatch):
    erasures.write_text(f"old {date(2020, 1, 1)}\n")
    inside = erasure._replace

    def meanwhile(lines):
        with pytest.raises(BlockingIOError), erasures.with_suffix(".lock").open() as lock:
            erasure.fcntl.flock(lock, erasure.fcntl.LOCK_EX | erasure.fcntl.LOCK_NB)
        inside(lines)

    monkeypatch.setattr(erasure, "_replace", meanwhile)
    erasure.forget_lines(date(2026, 1, 1))
    erasure.delete(make_user("anna"))

    assert "old" not in erasures.read_text() and len(erasures.read_text().split()) == 2


def on_disk():
    """What SQLite keeps, byte by byte. PostgreSQL cleans its pages itself (docs/privacy.md)."""
    if connection.vendor != "sqlite":
        return b""
    name = connection.settings_dict["NAME"]
    return b"".join(file.read_bytes() for file in map(Path, (name, f"{name}-wal")) if file.exists())


@pytest.mark.django_db(transaction=True)
def test_nothing_of_who_is_erased_is_left_in_the_file_of_the_database(make_user, erasures):
    people = [make_user(f"zonnebloem{number}") for number in range(40)]
    User.objects.filter(pk__in=[one.pk for one in people]).update(name="Zonnebloem van Dalen")

    for person in people:
        erasure.delete(person)

    assert b"onnebloem" not in on_disk()


# --- What somebody began and did not finish -------------------------------------------------------


def readable():
    """Everything in the table of sessions, as who reads the database reads it."""
    return str([session.get_decoded() for session in Session.objects.all()])


@pytest.mark.parametrize("known", [True, False])
def test_a_code_and_its_address_leave_the_sessions_within_minutes(
    client, make_user, outbox, known, monkeypatch
):
    if known:
        make_user("anna")
    ask_code(client, "anna@example.org")
    assert "anna@example.org" in readable()
    assert client.cookies["sessionid"]["max-age"] == unfinished.LASTS

    in_a_while = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr(unfinished.timezone, "now", lambda: in_a_while)
    clock.forget_sessions_that_are_over.func()

    assert not Session.objects.exists()


def test_who_signed_in_stays_so_for_as_long_as_always(client, make_user, outbox, settings):
    make_user("anna")
    sign_in(client, "anna@example.org", outbox)

    assert client.cookies["sessionid"]["max-age"] == settings.SESSION_COOKIE_AGE
    assert code_in(outbox()[-1]) not in readable()


def test_a_new_address_that_was_not_confirmed_leaves_the_session(
    client, make_user, outbox, monkeypatch
):
    make_user("anna")
    sign_in(client, "anna@example.org", outbox)
    client.post("/account/reauthenticate/", {"password": "kennispunt"})
    client.post("/account/email/", {"email": "other@example.org", "action_add": ""})
    assert "other@example.org" in readable()

    clock.forget_codes_in_sessions.func()
    assert "other@example.org" in readable()  # the code still works
    later = unfinished.time.time() + 16 * 60
    monkeypatch.setattr(unfinished.time, "time", lambda: later)
    clock.forget_codes_in_sessions.func()

    assert "other@example.org" not in readable()
    assert client.get("/mijn/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_another_may_write_while_we_look_through_the_sessions(monkeypatch):
    store = SessionStore()
    late = timezone.now() + timedelta(days=1)
    begun = store.encode({unfinished.BEGUN: 0})
    rows = [Session(session_key="a", session_data=begun, expire_date=late)]
    rows += [
        Session(session_key=f"b{one}", session_data="", expire_date=late) for one in range(2_500)
    ]
    Session.objects.bulk_create(rows)
    encode = SessionStore.encode

    def meanwhile(*args):
        def write():
            Session.objects.filter(session_key="b1").update(expire_date=timezone.now())
            connection.close()

        other = threading.Thread(target=write)
        other.start()
        other.join(30)
        return encode(*args)

    monkeypatch.setattr(SessionStore, "encode", meanwhile)

    assert unfinished.forget_codes() == 1


@pytest.fixture
def moved(client, make_user, outbox):
    """Anna has another address since a moment, while a mail waited for her at the old one."""
    make_user("anna")
    sign_in(client, "anna@example.org", outbox)
    client.post("/account/reauthenticate/", {"password": "kennispunt"})
    send(
        "account/email/password_changed.md", to="anna@example.org",
        purpose="account.password_changed", timestamp=timezone.now(), site="",
    )  # fmt: skip
    client.post("/account/email/", {"email": "nieuw@example.org", "action_add": ""})
    client.post("/account/confirm-email/", {"code": code_in(outbox()[-1])})
    return User.objects.get(email="nieuw@example.org")


def test_what_waits_goes_to_the_new_address_and_none_of_it_to_the_old(moved, outbox):
    [waits] = [mail for mail in outbox() if mail.purpose == "account.password_changed"]

    assert (waits.to, waits.parsed["To"]) == ("nieuw@example.org", "nieuw@example.org")
    assert waits.text.startswith("Hallo")
    at_the_old = [mail.purpose for mail in outbox() if mail.to == "anna@example.org"]
    assert at_the_old == ["account.email_changed"]


def test_that_an_address_changed_is_forgotten_at_the_old_one_the_next_night(moved):
    told = OutgoingMail.objects.filter(purpose="account.email_changed")
    now = timezone.now()
    assert told.get().expires_at <= now + timedelta(days=1)
    told.update(status="sent", ended_at=now)

    assert forget_told_of_change(now) == 1

    assert not OutgoingMail.objects.filter(to="anna@example.org").exists()


def test_who_is_erased_after_a_change_leaves_but_that_at_the_old_address(moved, erasures):
    erasure.delete(moved)

    assert [mail.purpose for mail in OutgoingMail.objects.all()] == ["account.email_changed"]


def mail_to(address):
    send(
        "account/email/password_changed.md", to=address, purpose="account.password_changed",
        timestamp=timezone.now(), site="",
    )  # fmt: skip


def test_a_second_address_goes_along_when_the_first_is_changed(client, make_user, outbox):
    anna = make_user("anna")
    sign_in(client, "anna@example.org", outbox)
    client.post("/account/reauthenticate/", {"password": "kennispunt"})
    EmailAddress.objects.create(user=anna, email="thuis@example.org", verified=True)
    EmailAddress.objects.create(user=anna, email="nooit@example.org", verified=False)
    for address in ("anna@example.org", "thuis@example.org", "nooit@example.org"):
        mail_to(address)

    client.post("/account/email/", {"email": "nieuw@example.org", "action_add": ""})
    client.post("/account/confirm-email/", {"code": code_in(outbox()[-1])})

    mails = OutgoingMail.objects.filter(purpose="account.password_changed").order_by("pk")
    assert [mail.to for mail in mails] == [*["nieuw@example.org"] * 2, "nooit@example.org"]
    assert EmailAddress.objects.get(user=anna).email == "nieuw@example.org"


@pytest.mark.parametrize("changes", [False, True])
def test_what_was_kept_by_an_address_with_an_accent_is_found(make_user, erasures, changes):
    """Also of before its domain was written as mail servers do."""
    anna = make_user("anna")
    User.objects.filter(pk=anna.pk).update(email="anna@xn--brlle-lva.nl")
    EmailAddress.objects.filter(user=anna).update(email="anna@xn--brlle-lva.nl", verified=True)
    anna.refresh_from_db()
    mail_to("anna@brülle.nl")
    if changes:
        anna.email = "anders@example.org"
        anna.save(update_fields=["email"])
        anna.keep_address()

    erasure.delete(anna)

    assert not OutgoingMail.objects.filter(purpose="account.password_changed").exists()


def test_an_address_that_nobody_confirmed_is_forgotten_after_a_week(client, make_user, outbox):
    client.post("/account/signup/", {"email": "never@example.org"})
    make_user("eva", group="Editors")  # invited, and still to come
    sign_in(Client(), make_user("anna").email, outbox)
    now = timezone.now()

    assert forget_unconfirmed(now + timedelta(days=6)) == 0
    assert forget_unconfirmed(now + timedelta(days=8)) == 1

    assert set(User.objects.values_list("name", flat=True)) == {"Eva", "Anna"}
    assert not OutgoingMail.objects.filter(to="never@example.org").exists()


def test_the_log_of_the_back_office_names_no_account(client, petra, make_user, erasures):
    anna = make_user("anna")
    client.force_login(petra)
    User.objects.filter(pk=petra.pk).update(is_superuser=True)
    client.post("/account/reauthenticate/", {"password": "kennispunt"})
    client.post(
        f"/beheer/users/edit/{anna.pk}/",
        {"email": anna.email, "name": "Anna Zonnebloem", "is_active": "on"},
    )
    client.post(f"/beheer/users/delete/{anna.pk}/")

    entries = ModelLogEntry.objects.filter(object_id=str(anna.pk))
    assert {entry.action for entry in entries} == {"wagtail.edit", "wagtail.delete"}
    assert {entry.label for entry in entries} == {f"account {anna.pk}"}
    assert not User.objects.filter(pk=anna.pk).exists()
