"""manage.py work: run the tasks that wait, until stopped. May be killed at any moment."""

from functools import cache

from django.conf import settings
from django.utils import autoreload
from django_tasks_db.management.commands import db_worker

from kennispunt.website.work import PatientWorker, ReloadedWorker


class Command(db_worker.Command):
    help = "Run the tasks that wait, until stopped."

    def handle(self, *, reload, **options):
        # The package makes its worker by this name and offers no other way in.
        db_worker.Worker = ReloadedWorker if reload else PatientWorker
        autoreload.get_reloader = OwnCodeReloader
        super().handle(reload=reload, **options)


class OwnCodeReloader(autoreload.StatReloader):
    """Looks whether our own code changed. All packages, templates and translations, looked at
    every second, cost ten times as much as the work of the worker."""

    def watched_files(self, include_globs=True):
        return own(autoreload.iter_all_python_module_files())


@cache
def own(files: frozenset) -> list:
    return [file for file in files if settings.BASE_DIR / "kennispunt" in file.parents]
