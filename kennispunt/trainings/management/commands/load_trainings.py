"""manage.py load_trainings: the themes and trainings of inhoud/trainingen/."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from kennispunt.trainings.loading import load_trainings


class Command(BaseCommand):
    help = "Load themes and trainings. May be repeated: what an editor changed stays."

    def handle(self, **options):
        try:
            report = load_trainings()
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        for origin in report.kept:
            self.stdout.write(f"kept as an editor left it: {origin}")
        self.stdout.write(
            f"{report.new} new, {report.renewed} renewed, {report.same} same, "
            f"{len(report.kept)} kept; {len(report.planned)} links to what is planned"
        )
