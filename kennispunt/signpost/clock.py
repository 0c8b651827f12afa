"""The tasks of the clock: providers are asked before we check their entry again."""

from contextlib import suppress
from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import localdate
from django_tasks import task

from kennispunt.signpost import actions
from kennispunt.signpost.models import Entry
from kennispunt.ui.rows import TooLate

BEFORE = timedelta(days=30)  # so that the answer is there when an editor checks
NOT_AGAIN_WITHIN = timedelta(days=150)


@task()
def ask_providers():
    """Mail every provider whose entry is checked again within a month, at most twice a year."""
    today = localdate()
    calm = Q(asked_on=None) | Q(asked_on__lt=today - NOT_AGAIN_WITHIN)
    for entry in Entry.objects.to_check(on=today + BEFORE).filter(calm).exclude(contact_email=""):
        with suppress(TooLate):  # another process was first
            actions.ask_provider(entry, on=today)


DAILY = [ask_providers]
