from django.core.management.base import BaseCommand

from kennispunt.search.loading import load_synonyms


class Command(BaseCommand):
    help = "Give a site without synonyms the ones we start with. What editors have is left alone."

    def handle(self, **options):
        self.stdout.write(f"{load_synonyms()} new")
