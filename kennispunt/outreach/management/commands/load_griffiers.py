"""manage.py load_griffiers: the texts for griffiers of inhoud/."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from kennispunt.outreach.loading import load_texts


class Command(BaseCommand):
    help = "Load the letter and the explanation for griffiers. May be repeated."

    def handle(self, **options):
        try:
            report = load_texts()
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        self.stdout.write(f"{report.new} new, {report.renewed} renewed, {len(report.kept)} kept")
