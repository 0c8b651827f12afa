"""manage.py forget: forget what we promised to forget (docs/privacy.md)."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kennispunt.website.forgetting import forget


class Command(BaseCommand):
    help = "Forget what we promised to forget, and say how much that was. The clock does it daily."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only say it; change nothing.")

    def handle(self, **options):
        failed = 0
        for one in forget(timezone.now(), dry_run=options["dry_run"]):
            if one.error:
                failed += 1
                self.stderr.write(f"  FAILED  {one.app}: {one.promise} ({one.error})")
            else:
                self.stdout.write(f"{one.count:>8}  {one.app}: {one.promise}")
        if failed:
            raise CommandError(f"{failed} promises could not be kept; the log says why.")
