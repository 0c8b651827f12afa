"""Nobody waits for what they did not ask: a locked, full or read-only database stops no reading."""

import sqlite3
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client

from kennispunt.outreach.models import Opening
from kennispunt.pagecache import changes
from kennispunt.pagecache.store import generation
from kennispunt.parties.tests.make import make_area
from kennispunt.search.models import MissedQuery, SearchTerm
from kennispunt.ui.unasked import unasked

QUESTION = "/zoeken/?q=kandidaat"


@pytest.fixture
def ours(transactional_db):
    """A word that stands in our texts, so that asking it in vain is counted."""
    from kennispunt.search.dutch import stem

    SearchTerm.objects.update_or_create(token=stem("kandidaat"), defaults={"documents": 1})


@contextmanager
def locked(table):
    """Another process holds the database (SQLite), or the table (PostgreSQL)."""
    if connection.vendor == "sqlite":
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.rollback()
            other.close()
        return
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
    other.close()


def test_a_question_without_an_answer_is_counted(ours):
    assert Client().get(QUESTION).status_code == 200

    assert MissedQuery.objects.count() == 1


def test_a_question_without_an_answer_is_answered_while_the_database_is_locked(ours):
    with locked("search_missedquery"):
        assert Client().get(QUESTION).status_code == 200

    assert MissedQuery.objects.count() == 0
    assert Client().get(QUESTION).status_code == 200
    assert MissedQuery.objects.count() == 1


def test_a_short_address_leads_on_while_the_database_is_locked(transactional_db):
    make_area()
    with locked("outreach_opening"):
        assert Client().get("/g/gm0106/").status_code == 302
    assert Opening.objects.count() == 0

    Client().get("/g/gm0106/")
    assert Opening.objects.get().times == 1


@pytest.mark.django_db
def test_a_full_disk_is_no_matter_of_the_reader(caplog):
    def write():
        raise OperationalError("database or disk is full")

    unasked(write)

    assert "disk is full" in caplog.text


@pytest.mark.django_db
def test_a_fault_of_ours_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        unasked(lambda: 1 / 0)


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [OperationalError, DatabaseError])
def test_health_is_told_also_when_the_kept_pages_cannot_ask_the_database(
    client, settings, monkeypatch, fault
):
    """Such as when the folder of SQLite may only be read: /gezond/ was a 500 as all else."""

    def away(*args, **kwargs):
        raise fault("unable to open database file")

    settings.PAGE_CACHE = True
    monkeypatch.setattr(generation, "name", "")
    generation.forget()
    monkeypatch.setattr(changes, "version", away)
    monkeypatch.setattr(connection, "cursor", away)

    answer = client.get("/gezond/")

    assert (answer.status_code, answer.text.split()[0]) == (503, "ziek")


@pytest.mark.django_db
def test_a_database_that_is_away_is_no_fault_in_a_page(monkeypatch, make_user):
    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    make_user("anna")
    browser = Client(raise_request_exception=False)
    monkeypatch.setattr("kennispunt.accounts.adapter.send", locked)

    answer = browser.post("/account/login/", {"login": "anna@example.org", "password": ""})

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "probeer het nog een keer" in answer.text


@pytest.mark.django_db
def test_a_fault_in_a_page_is_still_a_fault(monkeypatch, make_user):
    make_user("anna")
    browser = Client(raise_request_exception=False)
    monkeypatch.setattr("kennispunt.accounts.adapter.send", lambda *args, **kwargs: 1 / 0)

    answer = browser.post("/account/login/", {"login": "anna@example.org", "password": ""})

    assert answer.status_code == 500
