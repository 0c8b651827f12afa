"""manage.py load_areas: our list of provinces, water boards, public bodies and municipalities."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kennispunt.elections import searchable
from kennispunt.elections.loading import load_areas
from kennispunt.elections.models import Area
from kennispunt.search import index


class Command(BaseCommand):
    help = "Load the areas of data/areas.csv. May be repeated: what editors added stays."

    def handle(self, **options):
        try:
            with transaction.atomic():
                count = load_areas()
                index.update(searchable.AREA, *Area.objects.values_list("pk", flat=True))
        except ValidationError as problem:
            raise CommandError(problem.message) from problem
        self.stdout.write(f"{count} areas")
