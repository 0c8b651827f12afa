"""manage.py forget keeps the promises of docs/privacy.md; a dry run only counts."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kennispunt.files import retention as of_files
from kennispunt.search.models import MissedQuery
from kennispunt.ui.discovery import modules
from kennispunt.website import forgetting
from kennispunt.website.clock import jobs
from kennispunt.website.desk import waiting

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


def test_what_a_retention_module_forgets_is_among_its_promises():
    for module in modules("retention"):
        forgets = {name for name in vars(module) if name.startswith("forget_")}
        assert forgets == {promise.__name__ for promise in module.PROMISES}, module.__name__


# --- A promise that cannot be kept ----------------------------------------------------------------


@pytest.fixture
def store_away(monkeypatch):
    """The store of files does not answer, and what it says holds a name."""

    def away():
        raise OSError("no answer about anna@example.org")

    monkeypatch.setattr(of_files, "private_storage", away)


def test_a_promise_that_fails_stops_no_other_and_is_told(store_away, old_and_new, capsys):
    with pytest.raises(CommandError, match="1 promises could not be kept"):
        call_command("forget")

    said = capsys.readouterr()
    assert left() == {"nieuw"}
    assert "1  search:" in said.out
    assert "FAILED  files:" in said.err and "anna" not in said.err


@pytest.mark.django_db(transaction=True)
def test_the_desk_says_so_until_it_is_kept(store_away, petra, eva, monkeypatch, old_and_new):
    def run():
        task = forgetting.forget_daily.enqueue()
        call_command("db_worker", batch=True, interval=0, startup_delay=False)
        return task

    run()
    assert left() == {"nieuw"}
    [line] = waiting(petra)
    assert line.title == "Niet alles is vergeten wat we beloven"
    assert "files: " in line.note and "anna" not in line.note
    assert list(waiting(eva)) == []

    monkeypatch.undo()
    run()
    assert list(waiting(petra)) == []
