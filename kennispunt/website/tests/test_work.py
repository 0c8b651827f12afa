"""The worker outlives its database, and nothing that a killed one was doing is lost."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kennispunt.mail.clock import forget_fetched
from kennispunt.website import work
from kennispunt.website.models import Worker

# A worker closes its connection now and then, and with it the transaction of a test.
pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def a_worker(**options):
    defaults = {
        "queue_names": ["default"], "interval": 0, "batch": False, "backend_name": "default",
        "startup_delay": False, "max_tasks": 1, "worker_id": "me", "excluded_queue_names": [],
    }  # fmt: skip
    return work.PatientWorker(**defaults | options)


@pytest.fixture
def running(transactional_db):
    """running("gone", since=HOUR): a task that this worker began so long ago."""

    def make(*workers, since=HOUR):
        row = DBTaskResult.objects.get(pk=forget_fetched.enqueue().id)
        DBTaskResult.objects.filter(pk=row.pk).update(
            status="RUNNING", worker_ids=list(workers), started_at=timezone.now() - since
        )
        return row

    return make


def status(row):
    row.refresh_from_db()
    return row.status


def alive(name, ago=timedelta(0)):
    Worker.objects.create(name=name, last=timezone.now() - ago)


def test_what_a_silent_worker_was_doing_is_done_by_another(running):
    alive("silent", ago=timedelta(minutes=6))
    rows = [running("gone"), running("silent"), running("first", "gone")]

    assert work.take_up_abandoned(timezone.now()) == 3
    assert [status(row) for row in rows] == ["READY"] * 3
    a_worker(batch=True, max_tasks=None).run()
    assert [status(row) for row in rows] == ["SUCCESSFUL"] * 3


def test_what_a_living_worker_does_long_is_left_to_it(running):
    alive("busy")
    rows = [running("busy"), running("just begun", since=timedelta(minutes=1))]

    assert work.take_up_abandoned(timezone.now()) == 0
    assert [status(row) for row in rows] == ["RUNNING"] * 2


def test_a_worker_with_a_clock_that_was_ahead_does_not_live_for_ever(running):
    alive("ahead", ago=timedelta(days=-40))
    rows = [running("ahead"), running("ahead", since=timedelta(days=-40))]

    assert work.take_up_abandoned(timezone.now()) == 2
    assert [status(row) for row in rows] == ["READY"] * 2


def test_a_task_that_ends_its_worker_each_time_fails_in_the_end(running):
    row = running("one", "two", "three")

    work.take_up_abandoned(timezone.now())

    assert status(row) == "FAILED"
    assert "Killed" in row.exception_class_path


def test_a_worker_that_begins_takes_up_what_it_left_itself(running):
    row = running("me", since=timedelta(seconds=1))

    a_worker(batch=True, max_tasks=None).run()

    assert status(row) == "SUCCESSFUL"
    assert not Worker.objects.exists()  # it ended in peace


@pytest.mark.parametrize(("moment", "runs"), [("claim", 1), ("set_successful", 3)])
def test_a_worker_waits_for_a_database_that_is_away_and_goes_on(monkeypatch, caplog, moment, runs):
    """Also when it was away at the very moment that the task was done."""
    calls, pauses = [], []

    def away_at_first(name):
        real = getattr(DBTaskResult, name)

        def call(self, *args):
            calls.append(name)
            if len(calls) < 4:
                raise OperationalError("server closed the connection unexpectedly")
            return real(self, *args)

        monkeypatch.setattr(DBTaskResult, name, call)

    away_at_first(moment)
    if moment == "set_successful":
        away_at_first("set_failed")
    monkeypatch.setattr(work.time, "sleep", pauses.append)
    row = DBTaskResult.objects.get(pk=forget_fetched.enqueue().id)

    a_worker(max_tasks=runs).run()

    assert status(row) == "SUCCESSFUL"
    if moment == "claim":
        assert "database is away" in caplog.text
        assert pauses[:2] == [1, 2]


def test_a_worker_that_is_told_twice_to_stop_lets_go_of_its_task(monkeypatch):
    row = DBTaskResult.objects.get(pk=forget_fetched.enqueue().id)

    def stop(self, *args, **kwargs):
        raise SystemExit(1)

    monkeypatch.setattr(type(forget_fetched), "call", stop)
    a_worker().run()

    assert status(row) == "READY"


def test_a_worker_that_reloads_ends_its_process_when_it_cannot_go_on(monkeypatch, caplog):
    ended = []
    monkeypatch.setattr(work.os, "_exit", ended.append)
    monkeypatch.setattr(work.DatabaseWorker, "run", lambda self: 1 / 0)
    worker = work.ReloadedWorker(
        queue_names=["default"], interval=0, batch=True, backend_name="default",
        startup_delay=False, max_tasks=1, worker_id="me", excluded_queue_names=[],
    )  # fmt: skip

    worker.run()

    assert ended == [1]
    assert "ZeroDivisionError" in caplog.text


def test_a_worker_lives_while_a_task_takes_long(monkeypatch):
    """A thread of its own says so, as often as BEAT."""
    monkeypatch.setattr(work, "BEAT", 0.01)
    seen, real = threading.Event(), work.beat

    def beat(name):
        real(name)
        seen.set()

    monkeypatch.setattr(work, "beat", beat)
    with work.signs_of_life("me"):
        assert seen.wait(60)
        assert Worker.objects.filter(name="me").exists()
    assert not Worker.objects.filter(name="me").exists()


def test_a_worker_outlives_its_connection(monkeypatch):
    """Only PostgreSQL has connections to end: this is what a restart of the server does to it."""
    if connection.vendor != "postgresql":
        row = DBTaskResult.objects.get(pk=forget_fetched.enqueue().id)
        connection.close()
        a_worker().run()
        assert status(row) == "SUCCESSFUL"
        return
    monkeypatch.setattr(work.time, "sleep", lambda seconds: None)
    row = DBTaskResult.objects.get(pk=forget_fetched.enqueue().id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [mine] = cursor.fetchone()
    killer = connection.copy()
    with killer.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [mine])
    killer.close()

    a_worker().run()

    assert status(row) == "SUCCESSFUL"
