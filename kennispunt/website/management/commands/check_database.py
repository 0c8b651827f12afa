"""manage.py check_database: one line when the database of DATABASE_URL does not answer."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.utils import Error as DatabaseError


class Command(BaseCommand):
    help = "Say in one line whether the database answers."
    requires_system_checks = []

    def handle(self, **options):
        try:
            connection.ensure_connection()
        except (DatabaseError, ValueError) as error:
            reason = str(error).strip().splitlines()[0]
            raise CommandError(f"DATABASE_URL: the database does not answer: {reason}") from None
