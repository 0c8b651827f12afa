"""The promises about work that was done in the background."""

from datetime import datetime, timedelta

from django.db.models import Max
from django_tasks_db.models import DBTaskResult

DONE = timedelta(days=2)
FAILED = timedelta(days=30)  # to find out why


def forget_done_tasks(now: datetime) -> int:
    """Wat op de achtergrond gedaan is, na twee dagen."""
    return _forget(DBTaskResult.objects.successful(), now - DONE)


def forget_failed_tasks(now: datetime) -> int:
    """Wat op de achtergrond mislukte, na dertig dagen."""
    return _forget(DBTaskResult.objects.failed(), now - FAILED)


def _forget(tasks, before):
    """The latest of each kind stays: it tells the desk since when the clock stands still."""
    latest = DBTaskResult.objects.order_by().values("task_path").annotate(at=Max("enqueued_at"))
    old = tasks.filter(finished_at__lte=before).exclude(enqueued_at__in=latest.values("at"))
    return old.delete()[0]


PROMISES = [forget_done_tasks, forget_failed_tasks]
