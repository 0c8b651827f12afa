"""The worker: it waits for a database that is away, and leaves no task half done.

django-tasks ends its worker at the first lock or restart of the database, and what a killed worker
was doing stays RUNNING for ever. Ours tries again with growing pauses, says every half minute that
it lives, and takes up what a silent one left. What it does not expect ends it, with the reason in
the log and an exit code; its starter starts it again (docs/operations.md).
"""

import logging
import os
import threading
import time
from collections.abc import Iterable
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection
from django.db.utils import Error as DatabaseError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker
from django_tasks_db.models import DBTaskResult

from kennispunt.ui.ahead import impossible
from kennispunt.ui.rows import TooLate
from kennispunt.website.models import Worker

log = logging.getLogger(__name__)

BEAT = 30  # seconds between two signs of life
SILENT = timedelta(minutes=5)  # a worker that says nothing so long is dead, and so is its task
FORGET = timedelta(days=1)
MOST_TRIES = 3  # a task that kills its worker each time must not go round for ever
PAUSES = [1, 2, 5, 10, 30]  # seconds, while the database is away
STOPPED = {"builtins.SystemExit", "builtins.KeyboardInterrupt"}
READY = {"status": TaskResultStatus.READY, "started_at": None, "finished_at": None}
AWAY = {"django.db.utils.OperationalError", "django.db.utils.InterfaceError"}
DONE = "Dit was al gedaan, of een collega was je voor."
KILLED = "De werker werd telkens beëindigd tijdens deze taak."


class PatientWorker(DatabaseWorker):
    def run(self):
        """Until stopped. A database that is away or locked is waited for."""
        tried = 0
        with signs_of_life(self.worker_id):
            while self.running:
                began = time.monotonic()
                try:
                    beat(self.worker_id)
                    take_up(DBTaskResult.objects.running(), of={self.worker_id})
                    super().run()
                    break
                except DatabaseError as problem:
                    if self.batch:
                        raise
                    tried = 0 if time.monotonic() - began > PAUSES[-1] else tried
                    pause = PAUSES[min(tried, len(PAUSES) - 1)]
                    tried += 1
                    log.error("The database is away, trying again in %s s: %s", pause, problem)
                    connection.close()
                    time.sleep(pause)

    def run_task(self, db_task_result):
        """Let go of a task when we are told twice to stop: it did not fail.

        One that met a locked database, or none, is tried again a few times.
        """
        super().run_task(db_task_result)
        problem = db_task_result.exception_class_path
        tried = len(db_task_result.worker_ids)
        if problem in STOPPED or (problem in AWAY and tried < MOST_TRIES):
            _put_back([db_task_result], worker_ids=db_task_result.worker_ids)


class ReloadedWorker(PatientWorker):
    """With --reload a worker is a thread: what ends it must end the process, or nobody sees."""

    def run(self):
        try:
            super().run()
        except Exception:
            log.exception("The worker cannot go on")
            os._exit(1)


# --- Signs of life --------------------------------------------------------------------------------


def beat(name: str) -> None:
    Worker.objects.update_or_create(name=name, defaults={"last": timezone.now()})


@contextmanager
def signs_of_life(name: str):
    """In a thread of its own: a task may last longer than a silence. Gone when we end in peace."""
    ended = threading.Event()

    def go_on():
        while not ended.wait(BEAT):
            try:
                beat(name)
            except DatabaseError as problem:
                log.warning("No sign of life: %s", problem)
            finally:
                connection.close()

    threading.Thread(target=go_on, daemon=True).start()
    try:
        yield
    finally:
        ended.set()
    try:
        Worker.objects.filter(name=name).delete()
    except DatabaseError:
        log.warning("The database is away; our sign of life stays until it is old.")


# --- What was left --------------------------------------------------------------------------------


def take_up_abandoned(now: datetime) -> int:
    """Let others do what silent workers left. Returns how many tasks that were."""
    Worker.objects.filter(last__lte=now - FORGET).delete()
    alive = Worker.objects.filter(last__gt=now - SILENT).exclude(impossible("last", now))
    names = set(alive.values_list("name", flat=True))
    old = DBTaskResult.objects.running().exclude(started_at__gt=now - SILENT)
    ahead = DBTaskResult.objects.running().filter(impossible("started_at", now))
    return take_up(old | ahead, but=names)


def take_up(tasks, *, of=None, but=frozenset()) -> int:
    """Put running tasks back where they wait: those `of` these workers, or of all `but` these."""
    taken = 0
    for task in tasks.only("pk", "worker_ids", "status"):
        worker = task.worker_ids[-1] if task.worker_ids else ""
        if worker in but or (of is not None and worker not in of):
            continue
        # The claim: whoever ended or took it in the meantime wins.
        row = DBTaskResult.objects.running().filter(pk=task.pk, worker_ids=task.worker_ids)
        if (
            of is not None or len(task.worker_ids) < MOST_TRIES
        ):  # what we left ourselves killed nobody
            taken += row.update(**READY)
        else:
            row.update(
                status=TaskResultStatus.FAILED, finished_at=timezone.now(), traceback=KILLED,
                exception_class_path="kennispunt.website.work.Killed",
            )  # fmt: skip
    return taken


def again(tasks: Iterable[DBTaskResult]) -> None:
    """Do these failed tasks once more. TooLate when each waits already, or is gone."""
    if not _put_back(tasks):
        raise TooLate(DONE)


def leave(tasks: Iterable[DBTaskResult]) -> None:
    """Throw these failed tasks away. TooLate when each waits again, or is gone."""
    if not _failed_of(tasks).delete()[0]:
        raise TooLate(DONE)


def _put_back(tasks, worker_ids=()) -> int:
    return _failed_of(tasks).update(
        **READY, worker_ids=list(worker_ids), enqueued_at=timezone.now(),
        exception_class_path="", traceback="",
    )  # fmt: skip


def _failed_of(tasks):
    return DBTaskResult.objects.failed().filter(pk__in=[task.pk for task in tasks])
