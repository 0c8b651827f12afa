"""manage.py export_knowledge FOLDER: all texts and facts as files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kennispunt.knowledge.exporting import export


class Command(BaseCommand):
    help = "Write all public texts, terms and facts to a new folder, readable without us."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder, **options):
        try:
            count = export(folder)
        except OSError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{count} texts in {folder}")
