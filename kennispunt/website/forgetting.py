"""Forgetting: each app with personal data has a retention.py with the promises of docs/privacy.md.

    # kennispunt/mail/retention.py
    def forget_content(now):
        \"\"\"De inhoud van een mail, zeven dagen na verzending.\"\"\"
        return ….delete()[0]

    PROMISES = [forget_content]

A promise forgets what is older than its docstring says, and returns how much that was. Files are
removed with transaction.on_commit, so that a dry run leaves them.
"""

import logging
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from kennispunt.accounts.erasure import scrub
from kennispunt.ui.discovery import modules

log = logging.getLogger(__name__)


class Outcome(NamedTuple):
    """The outcome of one promise: how much was forgotten, or why it could not be."""

    app: str
    promise: str
    count: int
    error: str = ""


class PromiseNotKept(Exception):
    """Not all that we promised is forgotten: the rest is, this is tried again tomorrow."""


def forget(now, *, dry_run=False):
    """Keep every promise, each in a transaction of its own; one that fails stops no other."""
    for module in modules("retention"):
        app = module.__name__.split(".")[1]
        for promise in module.PROMISES:
            words = promise.__doc__.strip().splitlines()[0]
            try:
                with transaction.atomic():
                    count = promise(now)
                    transaction.set_rollback(dry_run)
            except Exception as problem:
                log.exception("not forgotten: %s: %s", app, words)
                # The kind of fault alone: its words may hold what we should forget.
                yield Outcome(app, words, 0, type(problem).__name__)
            else:
                yield Outcome(app, words, count)
    if not dry_run:
        scrub()


@task()
def forget_daily():
    """Do what manage.py forget does, started by the clock. A failure is told on the desk."""
    failed = [one for one in forget(timezone.now()) if one.error]
    if failed:
        raise PromiseNotKept("; ".join(f"{one.app}: {one.promise}" for one in failed))
