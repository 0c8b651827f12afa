"""manage.py readability: does each article read as B1?"""

from django.core.management.base import BaseCommand

from kennispunt.knowledge.models import ArticlePage
from kennispunt.pages.readability import Readability, average

HEADING = "score words/sentence longest over-20 short runs passive article"


class Command(BaseCommand):
    help = (
        "Per article, the worst first: Flesch-Douma, words per sentence, words in the longest "
        "sentence, share of sentences over 20 words, share of 7 words or less, runs of more than "
        "three such short ones, share of passive sentences; then the average of the house. Ends "
        "with 1 when one is above a limit. -v 2 says what to mend and shows the sentences."
    )

    def handle(self, *, verbosity, **options):
        measured = [(page.readability(), page.slug) for page in ArticlePage.objects.live()]
        measured.sort(key=lambda pair: worst_first(*pair))
        self.stdout.write(HEADING)
        for found, slug in measured:
            self.stdout.write(line(found, slug))
            if verbosity > 1:
                self.explain(found)
        self.stdout.write(line(average(found for found, _ in measured), "(the house)"))
        above = sum(bool(found.advice) for found, _ in measured)
        self.stdout.write(f"{above} above a limit")
        if above:
            raise SystemExit(1)

    def explain(self, found: Readability):
        for advice in found.advice:
            self.stdout.write(f"      {advice}")
        for sentence in (*found.long_sentences, *found.runs):
            self.stdout.write(f"      > {sentence}")


def worst_first(found: Readability, slug: str):
    """Most limits passed, then most runs, then most short sentences."""
    return -len(found.advice), -len(found.runs), -found.short_share, slug


def line(found: Readability, name: str) -> str:
    return (
        f"{found.score:5.0f} {found.per_sentence:14.1f} {found.longest:7} {found.long_share:6.1f}% "
        f"{found.short_share:4.0f}% {len(found.runs):4} {found.passive_share:6.1f}% {name}"
    )
