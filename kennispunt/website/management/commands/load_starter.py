"""manage.py load_starter: everything a new site begins with, from files in the repository."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Load areas, facts and texts. May be repeated: what editors changed stays."

    def handle(self, **options):
        for command in settings.STARTER_COMMANDS:
            self.stdout.write(f"{command} …")
            call_command(command, stdout=self.stdout)
