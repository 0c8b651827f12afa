"""The clock enqueues what is due, once."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from kennispunt.website import clock
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
