"""manage.py load_signpost: the entries and dossiers of inhoud/."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from kennispunt.signpost.loading import CONTENT, load_signpost


class Command(BaseCommand):
    help = "Load the signpost and dossiers of inhoud/. May be repeated: an editor's change stays."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=CONTENT)

    def handle(self, *, folder, **options):
        try:
            report = load_signpost(folder)
        except (ValidationError, OSError) as problem:
            raise CommandError(" ".join(getattr(problem, "messages", [str(problem)]))) from problem
        for place in report.kept:
            self.stdout.write(f"kept as an editor left it: {place}")
        self.stdout.write(
            f"{report.new} new, {report.renewed} renewed, {report.same} same, "
            f"{len(report.kept)} kept; {len(report.planned)} links to what is planned"
        )
