"""manage.py forget keeps the promises of docs/privacy.md; a dry run only counts."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

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


def test_the_clock_forgets_daily():
    assert (timedelta(days=1), "kennispunt.website.forgetting.forget_daily") in {
        (period, task.module_path) for task, period in jobs()
    }
