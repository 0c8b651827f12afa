"""The entries, the words that find them, and the questions that found nothing."""

from django.core.exceptions import ValidationError
from django.db import models

from kennispunt.search.dutch import STOP, stem, words


class SearchEntry(models.Model):
    """Something that can be found: a copy, without foreign keys, of what another app owns.

    `tokens` is what the engines index (see index.py for its lines). On SQLite triggers carry it
    to the FTS5 table, on PostgreSQL an index on this table does: migration 0002. A later
    migration that rebuilds this table on SQLite loses the triggers, and must run `engine.create`
    again.
    """

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=100)
    title = models.CharField(max_length=255)
    url = models.CharField(max_length=500)
    lead = models.TextField(blank=True)
    passages = models.JSONField(default=list)
    note = models.CharField(max_length=255, blank=True)
    day = models.DateField(null=True)
    tokens = models.TextField()
    indexed_at = models.DateTimeField()

    class Meta:
        verbose_name = "vindbaar stuk"
        verbose_name_plural = "vindbare stukken"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_entry_per_thing")]

    def __str__(self):
        return self.title


class SearchTerm(models.Model):
    """A token of the index: in how many entries it is, and whether it may be part of a compound.

    `in_names` of them are of a kind whose titles are names: "gemeente" stands before hundreds of
    names, and is no less telling in a text for that.
    """

    token = models.CharField(max_length=100, primary_key=True)
    documents = models.PositiveIntegerField(default=1)
    in_names = models.PositiveIntegerField(default=0, db_default=0)
    is_part = models.BooleanField(default=False)

    class Meta:
        verbose_name = "zoekterm"
        verbose_name_plural = "zoektermen"

    def __str__(self):
        return self.token

    @property
    def in_texts(self) -> int:
        """In how many entries it is that are more than a name."""
        return self.documents - self.in_names


class SearchWord(models.Model):
    """A word as it is written somewhere that everyone may read: what typing errors are corrected
    to."""

    word = models.CharField(max_length=60, primary_key=True)
    documents = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "geschreven woord"
        verbose_name_plural = "geschreven woorden"

    def __str__(self):
        return self.word


class SynonymGroup(models.Model):
    """Words that mean the same to who searches: "ALV, ledenvergadering". Editors keep them."""

    words = models.CharField(
        "woorden",
        max_length=400,
        unique=True,
        help_text="Woorden met dezelfde betekenis, met komma's ertussen. "
        "Bijvoorbeeld: ALV, algemene ledenvergadering. Het werkt meteen.",
    )

    class Meta:
        ordering = ["words"]
        verbose_name = "groep synoniemen"
        verbose_name_plural = "synoniemen"

    def __str__(self):
        return self.words

    def clean(self):
        if len(self.phrases()) < 2:
            raise ValidationError({"words": "Geef minstens twee woorden, met een komma ertussen."})

    def phrases(self) -> list[tuple[str, ...]]:
        """Each of the words as stems, without stop words: "Kamer van Koophandel" has two."""
        found = (
            tuple(stem(word.plain) for word in words(one) if word.plain not in STOP)
            for one in self.words.split(",")
        )
        return [phrase for phrase in dict.fromkeys(found) if phrase]


class MissedQuery(models.Model):
    """Words that found nothing, counted per week, without anything about who asked.

    What could point to a person is never kept: see missed.py.
    """

    words = models.CharField("zocht op", max_length=80)
    week = models.DateField("week van", help_text="De maandag.")
    times = models.PositiveIntegerField("keer", default=1)

    class Meta:
        ordering = ["-week", "-times", "words"]
        verbose_name = "zoekvraag zonder antwoord"
        verbose_name_plural = "zoekvragen zonder antwoord"
        constraints = [
            models.UniqueConstraint(fields=["words", "week"], name="missed_query_counted_once")
        ]

    def __str__(self):
        return self.words
