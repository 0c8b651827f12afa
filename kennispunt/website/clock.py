"""The clock: each app may have a clock.py that lists the tasks it wants run, and how often.

    # kennispunt/mail/clock.py
    EVERY_MINUTE = [send_outbox]
    HOURLY = [...]
    DAILY = [...]

The lists hold tasks (django_tasks.task) without arguments.
"""

from datetime import timedelta

import django_tasks
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kennispunt.ui.ahead import impossible
from kennispunt.ui.discovery import modules
from kennispunt.website import work
from kennispunt.website.forgetting import forget_daily
from kennispunt.website.models import Tick


@django_tasks.task()
def take_up_abandoned():
    """Take up the work of a killed worker."""
    work.take_up_abandoned(timezone.now())


EVERY_MINUTE = [take_up_abandoned]
DAILY = [forget_daily]

PERIODS = {
    "EVERY_MINUTE": timedelta(minutes=1),
    "HOURLY": timedelta(hours=1),
    "DAILY": timedelta(days=1),
}


def jobs():
    """(task, period) of everything that our apps want run by the clock."""
    for module in modules("clock"):
        for name, period in PERIODS.items():
            for task in getattr(module, name, []):
                yield task, period


def tick(now):
    """Enqueue what is due. Returns the names.

    May be called by several processes at once and as often as one likes: the row of a job is
    claimed by UPDATE, in the transaction that enqueues it. A task that still waits is not put
    there again: a worker that was away for a day finds each job once.
    """
    enqueued = []
    for task, period in jobs():
        Tick.objects.get_or_create(job=task.module_path)
        # A tenth of leeway: a clock that calls every minute must not skip one for a second's delay.
        due = Q(last=None) | Q(last__lte=now - period * 0.9) | impossible("last", now)
        with transaction.atomic():
            came_by = Tick.objects.filter(due, job=task.module_path).update(last=now)
            if came_by and not waits(task):
                task.enqueue()
                enqueued.append(task.module_path)
    return enqueued


def waits(task) -> bool:
    """Whether this job is already there for the first worker that has time."""
    return DBTaskResult.objects.ready().filter(task_path=task.module_path).exists()
