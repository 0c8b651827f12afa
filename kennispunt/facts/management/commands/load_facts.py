"""manage.py load_facts: the laws and facts of our files."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from kennispunt.facts.loading import load_facts


class Command(BaseCommand):
    help = (
        "Load the laws and facts of facts/data and of inhoud/feiten*.toml, or of the files given. "
        "May be repeated: what an editor changed stays."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path)

    def handle(self, *, files, **options):
        try:
            counts = load_facts(files or None)
        except (ValidationError, OSError) as problem:
            raise CommandError(" ".join(getattr(problem, "messages", [str(problem)]))) from problem
        self.stdout.write(", ".join(f"{count} {what}" for what, count in counts.items()))
