"""manage.py work: run the tasks that wait, until stopped. May be killed at any moment."""

from django_tasks_db.management.commands import db_worker

from kennispunt.website.work import PatientWorker, ReloadedWorker


class Command(db_worker.Command):
    help = "Run the tasks that wait, until stopped."

    def handle(self, *, reload, **options):
        # The package makes its worker by this name and offers no other way in.
        db_worker.Worker = ReloadedWorker if reload else PatientWorker
        super().handle(reload=reload, **options)
