"""manage.py load_areas: our list of provinces, water boards, public bodies and municipalities."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from kennispunt.elections.loading import load_areas


class Command(BaseCommand):
    help = "Load the areas of data/areas.csv. May be repeated: what editors added stays."

    def handle(self, **options):
        try:
            count = load_areas()
        except ValidationError as problem:
            raise CommandError(problem.message) from problem
        self.stdout.write(f"{count} areas")
