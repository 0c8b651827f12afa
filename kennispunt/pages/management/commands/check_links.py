"""manage.py check_links: look at every link to elsewhere that is due."""

from django.core.management.base import BaseCommand

from kennispunt.pages import checking
from kennispunt.pages.models import CheckedLink


class Command(BaseCommand):
    help = (
        "Look at the links to elsewhere that are due: once a week, daily while they fail. "
        "May be stopped at any moment and started again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--seconds", type=float, help="Stop after this time.")
        parser.add_argument("--all", action="store_true", help="Also what is not due yet.")

    def handle(self, *, seconds, **options):
        if options["all"]:
            checking.everything_is_due()
        result = checking.run(seconds=seconds, progress=self.show)
        if result.offline:
            self.stderr.write("Not one site answered: is this machine connected? Nothing was kept.")
        self.stdout.write(
            f"{result.seen} seen, {result.failed} without a good answer, {result.left} left for "
            f"later; {CheckedLink.objects.with_problem().count()} for a steward to look at"
        )

    def show(self, done, total):
        if done % 50 == 0 or done == total:
            self.stdout.write(f"{done} of {total}")
