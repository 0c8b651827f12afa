"""manage.py forget: forget what we promised to forget (docs/privacy.md)."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from kennispunt.website.forgetting import forget


class Command(BaseCommand):
    help = "Forget what we promised to forget, and say how much that was. The clock does it daily."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only say it; change nothing.")

    def handle(self, **options):
        for app, promise, count in forget(timezone.now(), dry_run=options["dry_run"]):
            self.stdout.write(f"{count:>8}  {app}: {promise}")
