"""manage.py forget keeps the promises of docs/privacy.md; a dry run only counts."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kennispunt.search.models import MissedQuery
from kennispunt.website.clock import jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def old_and_new():
    today = timezone.localdate()
    MissedQuery.objects.create(words="oud", week=today - timedelta(weeks=30))
    MissedQuery.objects.create(words="nieuw", week=today)


def forget(*arguments):
    said = StringIO()
    call_command("forget", *arguments, stdout=said)
    return said.getvalue()


def left():
    return set(MissedQuery.objects.values_list("words", flat=True))


def test_what_is_too_old_goes_and_the_rest_stays(old_and_new):
    assert "1  search:" in forget()
    assert left() == {"nieuw"}


def test_dry_run_counts_and_changes_nothing(old_and_new):
    assert "1  search:" in forget("--dry-run")
    assert left() == {"oud", "nieuw"}


@pytest.fixture
def task_done():
    """task_done("fetch", days=3): a task that ended so long ago."""

    def make(path, days, status="SUCCESSFUL"):
        then = timezone.now() - timedelta(days=days)
        row = DBTaskResult.objects.create(
            task_path=path, status=status, finished_at=then, run_after=then, args_kwargs={},
            backend_name="default", exception_class_path="", traceback="",
        )  # fmt: skip
        DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=then)

    return make


def tasks_left():
    rows = DBTaskResult.objects.order_by("enqueued_at").values_list("task_path", "enqueued_at")
    return [(path, (timezone.now() - at).days) for path, at in rows]


def test_work_that_was_done_goes_after_two_days_and_what_failed_after_thirty(task_done):
    for days in (31, 29, 3, 1):
        task_done("work", days, "FAILED" if days > 3 else "SUCCESSFUL")

    forget()

    assert tasks_left() == [("work", 29), ("work", 1)]


def test_work_that_did_not_begin_is_kept(task_done):
    task_done("work", 400, "READY")
    task_done("work", 1)

    forget()

    assert len(tasks_left()) == 2


def test_the_last_of_each_kind_stays_so_that_the_desk_sees_a_clock_that_stands_still(task_done):
    task_done("clock", 9)
    task_done("clock", 8)
    task_done("other", 1)

    forget()

    assert tasks_left() == [("clock", 8), ("other", 1)]


def test_the_clock_forgets_daily():
    assert (timedelta(days=1), "kennispunt.website.forgetting.forget_daily") in {
        (period, task.module_path) for task, period in jobs()
    }
