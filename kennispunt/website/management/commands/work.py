"""manage.py work: run the tasks that wait, until stopped. May be killed at any moment."""

from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker


class Command(DatabaseWorker):
    help = "Run the tasks that wait, until stopped."
