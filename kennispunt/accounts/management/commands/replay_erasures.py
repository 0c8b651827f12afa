"""manage.py replay_erasures: after a restore, forget again who was forgotten since the copy."""

from django.core.management.base import BaseCommand

from kennispunt.accounts import erasure


class Command(BaseCommand):
    help = "Forget again who was forgotten since this copy of the database was made."

    def handle(self, **options):
        self.stdout.write(f"{erasure.replay()} accounts were back and are gone again.")
