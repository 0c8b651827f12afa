"""What is forgotten of how people sign in, and what is left of it on the disk."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from kennispunt.accounts import erasure
from kennispunt.accounts.models import User
from kennispunt.accounts.retention import forget_erasures, forget_sessions


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
