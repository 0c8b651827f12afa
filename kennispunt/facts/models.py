"""Amounts, periods and thresholds, each kept once by name; and the laws they come from."""

import re
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from wagtail.models import RevisionMixin

from kennispunt.facts import values
from kennispunt.facts.laws import Law as LawReference
from kennispunt.facts.laws import UnknownLaw, parse


class Law(models.Model):
    """A law we cite, with its identifier in the national database of laws."""

    name = models.CharField(
        "korte naam", max_length=40, unique=True, help_text="Zoals we haar citeren: BW 2, Kieswet."
    )
    title = models.CharField("volledige naam", max_length=200)
    bwb_id = models.CharField(
        "BWB-nummer",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^BWB[RV]\d{7}$", "Een BWB-nummer lijkt op BWBR0004627.")],
        help_text="Staat in het adres van de wet op wetten.overheid.nl.",
    )
    elsewhere = models.URLField(
        "adres elders", blank=True, help_text="Alleen voor een wet zonder BWB-nummer."
    )

    class Meta:
        ordering = ["name"]
        verbose_name = "wet"
        verbose_name_plural = "wetten"
        constraints = [
            models.CheckConstraint(
                condition=~Q(bwb_id="", elsewhere=""),
                name="law_can_be_read_somewhere",
                violation_error_message="Geef een BWB-nummer, of een adres elders.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def address(self) -> str:
        return f"https://wetten.overheid.nl/{self.bwb_id}" if self.bwb_id else self.elsewhere

    @property
    def reference(self) -> LawReference:
        return LawReference(self.name, self.title, self.address)


class FactQuerySet(models.QuerySet):
    def valid_on(self, date):
        """The versions that hold on this date. Of two, the one that began last holds."""
        begun = Q(valid_from=None) | Q(valid_from__lte=date)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gte=date)).order_by(
            "name", F("valid_from").asc(nulls_first=True)
        )

    def to_check(self, *, on):
        """The facts whose next check is due on this date, and those never checked."""
        return self.filter(Q(check_again_on__lte=on) | Q(check_again_on=None))


class Fact(RevisionMixin, models.Model):
    """One version of a named fact: what it is, in which time it holds, and how we know.

    Texts say the name, never the number. A name never changes and a fact is never deleted: when
    the law changes, a version is added and the old one keeps its own time.
    """

    class Certainty(models.TextChoices):
        HIGH = "hoog", "zeker"
        MIDDLE = "middel", "redelijk zeker"
        LOW = "laag", "niet nagekeken"

    class Group(models.TextChoices):
        NAAM = "naam", "Je naam registreren"
        LIJST = "lijst", "De lijst inleveren"
        UITSLAG = "uitslag", "Stemmen, zetels en benoemen"
        RAAD = "raad", "De raad"
        VERENIGING = "vereniging", "De vereniging"
        GELD = "geld", "Privacy, mensen en geld"
        OVERIG = "overig", "Andere feiten"

    name = models.SlugField(
        "naam", max_length=60, help_text="Staat in teksten als {{feit: naam}} en verandert nooit."
    )
    what = models.CharField("wat", max_length=200)
    value = models.CharField(
        "waarde", max_length=40, help_text="Bijvoorbeeld 112.50, 35, 2/3 of 09:00-17:00."
    )
    unit = models.CharField(
        "eenheid", max_length=20, help_text="EUR, USD, procent, deel, tijd, dagen, maanden …"
    )
    group = models.CharField("groep", max_length=10, choices=Group, default=Group.OVERIG)
    law = models.CharField("wet", max_length=120, blank=True, help_text="Kieswet G 3 lid 4.")
    source = models.CharField(
        "bron", max_length=300, blank=True, help_text="Een adres, of waar je het vond."
    )
    checked_on = models.DateField("gecontroleerd op", null=True, blank=True)
    check_again_on = models.DateField(
        "controleer weer op", null=True, blank=True, help_text="Leeg: staat meteen op de werklijst."
    )
    certainty = models.CharField("zekerheid", max_length=6, choices=Certainty)
    reservation = models.CharField(
        "voorbehoud",
        max_length=300,
        blank=True,
        help_text="De zin die lezers erbij zien. Nodig als iets niet zeker is of geen bron heeft.",
    )
    valid_from = models.DateField(
        "geldt vanaf", null=True, blank=True, help_text="Leeg: altijd al."
    )
    valid_to = models.DateField(
        "geldt tot en met", null=True, blank=True, help_text="Leeg: tot er een nieuwe versie is."
    )
    # The text of the file when we last took it in. Differs from the fields: an editor was here.
    loaded = models.JSONField(default=dict, editable=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "valid_from"]
        verbose_name = "feit"
        verbose_name_plural = "feiten"
        constraints = [
            models.UniqueConstraint(
                fields=["name", "valid_from"],
                name="fact_begins_once_on_a_day",
                violation_error_message="Er is al een versie die op deze dag begint.",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(valid_from=None),
                name="fact_has_one_first_version",
                violation_error_message="Er is al een versie zonder begindatum.",
            ),
            models.CheckConstraint(
                condition=~Q(law="", source="", reservation=""),
                name="fact_has_law_source_or_reservation",
                violation_error_message="Geef een wet, een bron of een voorbehoud.",
            ),
            models.CheckConstraint(
                condition=Q(certainty="hoog") | ~Q(reservation=""),
                name="uncertain_fact_has_a_reservation",
                violation_error_message="Wat niet zeker is, heeft een voorbehoud nodig.",
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=False) | ~Q(reservation=""),
                name="unchecked_fact_has_a_reservation",
                violation_error_message="Wat nooit is nagekeken, heeft een voorbehoud nodig.",
            ),
            models.CheckConstraint(
                condition=Q(check_again_on__gt=F("checked_on"))
                | Q(checked_on=None)
                | Q(check_again_on=None),
                name="fact_is_checked_again_later",
                violation_error_message="De volgende controle komt na de vorige.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")) | Q(valid_from=None) | Q(valid_to=None),
                name="fact_ends_after_it_begins",
                violation_error_message="Een feit eindigt niet voor het begint.",
            ),
        ]

    def __str__(self):
        since = f" (vanaf {self.valid_from:%d-%m-%Y})" if self.valid_from else ""
        return f"{self.name}{since}"

    def get_absolute_url(self):
        return f"{reverse('facts:facts')}#{self.name}"

    def clean(self):
        if self.pk and Fact.objects.filter(pk=self.pk).exclude(name=self.name).exists():
            raise ValidationError({"name": "Teksten noemen deze naam; hij verandert nooit."})
        self.value = values.written(self.value, self.unit)
        if wrong := values.problem(self.value, self.unit):
            raise ValidationError({"value": wrong})
        try:
            if self.law:
                parse(self.law, [law.reference for law in Law.objects.all()])
        except UnknownLaw as wrong:
            raise ValidationError({"law": str(wrong)}) from wrong

    @property
    def shown(self) -> str:
        """The value with its unit, in Dutch: € 112,50."""
        return values.shown(self.value, self.unit)

    @property
    def bare(self) -> str:
        """The value alone, for a table: 112,50."""
        return values.bare(self.value, self.unit)

    @property
    def source_site(self) -> str:
        """The site where the source stands, when the source is an address; else ""."""
        site = re.match(r"https?://(?:www\.)?([\w.-]+)", self.source)
        return site[1].rstrip(".") if site else ""


def next_check(checked_on: date | None, law: str) -> date | None:
    """Return when a fact is due again: half a year for a law, else a year; at once when never."""
    return checked_on and checked_on + timedelta(days=182 if law else 365)
