"""manage.py load_example: the starter content and the example people. Development only."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from kennispunt.ui.discovery import modules


class Command(BaseCommand):
    help = "Load what a new site begins with, and the example people with their known password."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("A known password must never reach a server: only with DEBUG=1.")
        call_command("load_starter", stdout=self.stdout)
        for module in modules("example"):
            module.load()
