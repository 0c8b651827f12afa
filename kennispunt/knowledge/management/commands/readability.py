"""manage.py readability: does each article read as B1?"""

from django.core.management.base import BaseCommand

from kennispunt.knowledge.models import ArticlePage


class Command(BaseCommand):
    help = (
        "Per article: Flesch-Douma, words per sentence, share of sentences over 20 words, "
        "letters per word, share of passive sentences. Ends with 1 when one is above a limit. "
        "-v 2 shows the long sentences."
    )

    def handle(self, *, verbosity, **options):
        above = 0
        self.stdout.write("score words/sentence over-20 letters/word passive article")
        for page in ArticlePage.objects.live().order_by("path"):
            found = page.readability()
            self.stdout.write(
                f"{found.score:5.0f} {found.per_sentence:14.1f} {found.long_share:6.1f}% "
                f"{found.per_word:12.1f} {found.passive_share:6.1f}% {page.slug}"
            )
            for line in found.advice:
                self.stdout.write(f"      {line}")
            if verbosity > 1:
                for sentence in found.long_sentences:
                    self.stdout.write(f"      > {sentence}")
            above += bool(found.advice)
        self.stdout.write(f"{above} above a limit")
        if above:
            raise SystemExit(1)
