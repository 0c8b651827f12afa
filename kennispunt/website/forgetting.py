"""Forgetting: each app with personal data has a retention.py with the promises of docs/privacy.md.

    # kennispunt/mail/retention.py
    def forget_content(now):
        \"\"\"De inhoud van een mail, zeven dagen na verzending.\"\"\"
        return ….delete()[0]

Every function of that module whose name does not begin with _ is a promise. It forgets what is
older than its docstring says, and returns how much that was. Files are removed with
transaction.on_commit, so that a dry run leaves them.
"""

from inspect import getmembers, isfunction

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from kennispunt.ui.discovery import modules


def forget(now, *, dry_run=False):
    """Keep every promise, each in a transaction of its own. Yields (app, promise, count)."""
    for module in modules("retention"):
        app = module.__name__.split(".")[1]
        for promise in _promises(module):
            with transaction.atomic():
                count = promise(now)
                transaction.set_rollback(dry_run)
            yield app, promise.__doc__.strip().splitlines()[0], count


def _promises(module):
    return [
        function
        for name, function in getmembers(module, isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]


@task()
def forget_daily():
    """What manage.py forget does, started by the clock."""
    for _ in forget(timezone.now()):
        pass
