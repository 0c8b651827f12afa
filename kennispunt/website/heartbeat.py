"""Signs of life of all that runs by itself: the clock, the work in the background, the mail.

Nothing stands still silently: the desk and /gezond/ tell what is here. A few small queries.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min
from django_tasks_db.models import DBTaskResult

from kennispunt.mail.models import OutgoingMail
from kennispunt.ui.ahead import impossible
from kennispunt.website.models import Tick, Worker

LATE = timedelta(minutes=15)
FAILED_SHOWN = 200


@dataclass(frozen=True)
class Still:
    """One thing that should go on and does not, since when (None: it never did), and what to do."""

    title: str
    since: datetime | None
    remedy: str


def standing_still(now: datetime) -> list[Still]:
    """Return what has not lived lately."""
    return [*_mail(now), *work_and_clock(now)]


def began(still: list[Still]) -> list[Still]:
    """All of it, or nothing on a site where nothing ran or waited yet: that is new, not ill."""
    return still if any(one.since for one in still) else []


def work_and_clock(now: datetime) -> list[Still]:
    """The same without the mail, which has lines of its own on the desk (office/desk.py)."""
    return [*_work(now), *_clock(now)]


def _mail(now):
    """Mail that should have gone."""
    left = OutgoingMail.objects.left_lying(now - LATE)
    if since := left.aggregate(since=Min("created_at"))["since"]:
        yield Still("De mail staat stil", since, "Kijk in het beheer bij Uitgaande mail.")


def _work(now):
    """No worker that lives, or a task that waits too long."""
    last = Worker.objects.exclude(impossible("last", now)).aggregate(last=Max("last"))["last"]
    waits = DBTaskResult.objects.ready().filter(enqueued_at__lte=now - LATE)
    oldest = waits.aggregate(since=Min("enqueued_at"))["since"]
    if not oldest and last and last > now - LATE:
        return
    title, remedy = "Het werk op de achtergrond staat stil", "Start manage.py work op de server."
    yield Still(title, oldest or last, remedy)


def _clock(now):
    known = Tick.objects.exclude(impossible("last", now))
    last = known.aggregate(last=Max("last"))["last"]
    if not last or last <= now - LATE:
        if not last and Tick.objects.exclude(last=None).exists():
            last = now  # it was ahead: nobody knows since when
        remedy = "Start manage.py clock op de server, elke minuut."
        yield Still("De klok staat stil", last, remedy)


# --- What failed ----------------------------------------------------------------------------------


def failed_tasks() -> list[DBTaskResult]:
    """Return what failed and was not done since. A job that succeeded later needs nobody."""
    failed = DBTaskResult.objects.failed().order_by("-finished_at")[:FAILED_SHOWN]
    paths = {task.task_path for task in failed}
    done = DBTaskResult.objects.successful().filter(task_path__in=paths).order_by()
    last_done = dict(done.values_list("task_path").annotate(Max("finished_at")))
    return [
        task
        for task in failed
        if _has_arguments(task)
        or task.task_path not in last_done
        or last_done[task.task_path] < task.finished_at
    ]


def _has_arguments(task):
    given = task.args_kwargs
    return bool(given.get("args") or given.get("kwargs"))
