"""manage.py load_content: the topics, articles and terms of inhoud/."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from kennispunt.knowledge.loading import CONTENT, load_content


class Command(BaseCommand):
    help = "Load the texts of inhoud/. May be repeated: what an editor changed stays."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=CONTENT)

    def handle(self, *, folder, **options):
        try:
            report = load_content(folder)
        except (ValidationError, OSError) as problem:
            raise CommandError(" ".join(getattr(problem, "messages", [str(problem)]))) from problem
        for place in report.kept:
            self.stdout.write(f"kept as an editor left it: {place}")
        if options["verbosity"] > 1:
            for line in report.planned:
                self.stdout.write(f"planned, not there yet: {line}")
        self.stdout.write(
            f"{report.new} new, {report.renewed} renewed, {report.same} same, "
            f"{len(report.kept)} kept; {len(report.planned)} links to what is planned"
        )
