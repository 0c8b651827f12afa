"""The clock enqueues what is due, once."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from kennispunt.website import clock
from kennispunt.website.management.commands import clock as command
from kennispunt.website.models import Tick

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def enqueued(monkeypatch):
    """One job a minute and one a day; the list of what was enqueued."""
    names = []
    jobs = [
        (SimpleNamespace(module_path=name, enqueue=lambda name=name: names.append(name)), period)
        for name, period in (("often", timedelta(minutes=1)), ("daily", timedelta(days=1)))
    ]
    monkeypatch.setattr(clock, "jobs", lambda: jobs)
    return names


def test_first_tick_starts_everything(enqueued):
    clock.tick(NOW)

    assert enqueued == ["often", "daily"]


def test_second_call_in_the_same_minute_starts_nothing(enqueued):
    clock.tick(NOW)
    clock.tick(NOW + timedelta(seconds=20))

    assert enqueued == ["often", "daily"]


def test_a_minute_later_only_the_frequent_job(enqueued):
    clock.tick(NOW)
    clock.tick(NOW + timedelta(seconds=59))

    assert enqueued == ["often", "daily", "often"]


def test_what_a_clock_did_that_was_ahead_is_not_done(enqueued):
    clock.tick(NOW + timedelta(days=40))
    clock.tick(NOW)
    clock.tick(NOW + timedelta(minutes=1))

    assert enqueued == ["often", "daily"] * 2 + ["often"]


def test_clocks_that_differ_by_minutes_start_nothing_twice(enqueued):
    for minute in range(6):
        clock.tick(NOW + timedelta(minutes=minute + 6))
        clock.tick(NOW + timedelta(minutes=minute))

    assert enqueued.count("often") == 6
    assert enqueued.count("daily") == 1


def test_a_worker_that_was_away_for_a_day_finds_each_job_once():
    for minute in range(24 * 60):
        if minute % 30 == 0:
            clock.tick(NOW + timedelta(minutes=minute))

    names = list(DBTaskResult.objects.values_list("task_path", flat=True))
    assert len(names) == len(set(names)) == len(list(clock.jobs()))


def test_job_that_cannot_be_enqueued_is_due_again(monkeypatch):
    def broken():
        raise OSError

    monkeypatch.setattr(
        clock, "jobs", lambda: [(SimpleNamespace(module_path="x", enqueue=broken), timedelta(1))]
    )
    with pytest.raises(OSError):
        clock.tick(NOW)

    assert Tick.objects.get().last is None


def test_command_runs_once_by_default(enqueued):
    call_command("clock")

    assert enqueued == ["often", "daily"]


def test_command_goes_on_when_the_database_is_away_for_a_moment(monkeypatch, caplog):
    calls = []

    def tick(now):
        calls.append(now)
        if len(calls) == 1:
            raise OperationalError("the database is away")
        raise KeyboardInterrupt  # enough

    monkeypatch.setattr(command, "tick", tick)
    monkeypatch.setattr(command.time, "sleep", lambda seconds: None)
    with pytest.raises(KeyboardInterrupt):
        call_command("clock", every=60)

    assert len(calls) == 2
    assert "away" in caplog.text


def test_command_of_cron_ends_with_an_error(monkeypatch):
    def tick(now):
        raise OperationalError("the database is away")

    monkeypatch.setattr(command, "tick", tick)
    with pytest.raises(OperationalError):
        call_command("clock")
