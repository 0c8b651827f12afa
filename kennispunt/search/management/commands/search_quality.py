from json import dumps

from django.core.management.base import BaseCommand

from kennispunt.search.quality import measure


class Command(BaseCommand):
    help = (
        "How many questions of the relevance set have a right page among the first three, "
        "on this site as it is indexed now. Tells which questions of the tune half fail; "
        "of the unseen half only the share."
    )

    def add_arguments(self, parser):
        parser.add_argument("--unseen", action="store_true", help="the half that nobody tunes on")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, unseen, json: bool, **options):
        half = "unseen" if unseen else "tune"
        quality = measure(half, site=True)
        if json:
            return self.stdout.write(
                dumps({"half": half, "asked": quality.asked, "share": quality.share})
            )
        if not unseen:
            for question, found in quality.missed:
                self.stdout.write(f"{question}: {', '.join(found) or 'nothing'}")
        self.stdout.write(f"{half}: {quality.share:.1%} of {quality.asked}")
        return None
