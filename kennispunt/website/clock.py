"""The clock: each app may have a clock.py that lists the tasks it wants run, and how often.

    # kennispunt/mail/clock.py
    EVERY_MINUTE = [send_outbox]
    HOURLY = [...]
    DAILY = [...]

The lists hold tasks (django_tasks.task) without arguments.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from kennispunt.ui.discovery import modules
from kennispunt.website.forgetting import forget_daily
from kennispunt.website.models import Tick

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
    claimed by UPDATE, in the transaction that enqueues it.
    """
    enqueued = []
    for task, period in jobs():
        Tick.objects.get_or_create(job=task.module_path)
        # A tenth of leeway: a clock that calls every minute must not skip one for a second's delay.
        due = Q(last=None) | Q(last__lte=now - period * 0.9)
        with transaction.atomic():
            if Tick.objects.filter(due, job=task.module_path).update(last=now):
                task.enqueue()
                enqueued.append(task.module_path)
    return enqueued
