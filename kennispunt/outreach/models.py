"""The way to parties through griffiers: their addresses, our letters, and what came of them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from wagtail.models import RevisionMixin

from kennispunt.elections.calendar import coming
from kennispunt.elections.models import Area
from kennispunt.mail import many
from kennispunt.office.letters import ReviewedLetter
from kennispunt.outreach import letters
from kennispunt.outreach.permissions import writers
from kennispunt.outreach.plain_text import Line, lines_of
from kennispunt.pages.references import References
from kennispunt.pages.texts import REFERENCES_HELP, Loaded


class Text(Loaded, RevisionMixin, models.Model):
    """A text for griffiers that editors keep: the letter, the explanation, the lines of a flyer."""

    slug = models.SlugField("naam", unique=True, editable=False)
    title = models.CharField("titel", max_length=120)
    body = models.TextField("tekst", help_text=REFERENCES_HELP)

    class Meta:
        ordering = ["title"]
        verbose_name = "tekst voor griffiers"
        verbose_name_plural = "teksten voor griffiers"

    def __str__(self):
        return self.title


class GriffieAddressQuerySet(models.QuerySet):
    def current(self):
        """The address of each *griffie* now; older ones stay as history."""
        return self.filter(ended_on=None)

    def reachable(self):
        return self.current().filter(bounced_on=None)


class GriffieAddress(models.Model):
    """The e-mail address of a *griffie*: of an office, never of a person. History is kept."""

    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", verbose_name="gebied"
    )
    email = models.EmailField("mailadres", help_text="Van het kantoor, niet van een persoon.")
    source = models.CharField("bron", max_length=200)
    checked_on = models.DateField("nagekeken op")
    bounced_on = models.DateField("teruggekomen op", null=True, blank=True)
    ended_on = models.DateField("vervangen op", null=True, blank=True)

    objects = GriffieAddressQuerySet.as_manager()

    class Meta:
        ordering = ["area__name", "-checked_on"]
        verbose_name = "adres van een griffie"
        verbose_name_plural = "adressen van griffies"
        constraints = [
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(ended_on=None),
                name="griffie_has_one_current_address",
                violation_error_message="Dit gebied heeft al een adres. Vervang dat.",
            ),
        ]

    def __str__(self):
        return f"{self.area}: {self.email}"


class Opening(models.Model):
    """A month of a short address: how often it was opened, and nothing about by whom."""

    area = models.ForeignKey(
        Area, on_delete=models.CASCADE, related_name="+", verbose_name="gebied"
    )
    month = models.DateField("maand", help_text="De eerste dag.")
    times = models.PositiveIntegerField("keer", default=0)

    class Meta:
        ordering = ["-month", "area__name"]
        verbose_name = "geopend kort adres"
        verbose_name_plural = "geopende korte adressen"
        constraints = [
            models.UniqueConstraint(fields=["area", "month"], name="opening_counted_once"),
        ]

    def __str__(self):
        return f"{self.area}, {self.month:%Y-%m}"


class Mailing(ReviewedLetter):
    """A letter to every *griffie* that we can reach: written by one, approved by another.

    At most two calm ones a year, one for each day of voting.
    """

    class Moment(models.TextChoices):
        CALM = "calm", "gewoon, hoogstens twee per jaar"
        ELECTION = "election", "bij een verkiezing, hoogstens één per verkiezing"

    body = models.TextField("tekst", help_text=REFERENCES_HELP)
    moment = models.CharField("moment", max_length=8, choices=Moment, default=Moment.CALM)
    voting_on = models.DateField("dag van de stemming", null=True, editable=False)
    # The approved text, as lines of a mail: a fact that changes later changes no letter.
    lines = models.JSONField(null=True, editable=False)

    class Meta(ReviewedLetter.Meta):
        verbose_name = "brief aan griffies"
        verbose_name_plural = "brieven aan griffies"
        constraints = [
            *ReviewedLetter.Meta.constraints,
            models.UniqueConstraint(
                fields=["voting_on"],
                condition=Q(moment="election", approved_at__isnull=False),
                name="one_mailing_for_an_election",
            ),
        ]

    PURPOSE = "outreach.griffie"
    CALM_A_YEAR = 2
    WRITTEN = ("subject", "body", "moment")
    TO_NOBODY = "We hebben nog geen adres van een griffie. Voeg eerst adressen toe."

    def get_absolute_url(self):
        return reverse("outreach:mailing", args=[self.pk])

    def shown(self):
        return [self.subject, self.moment, self.body, lines_of(self.body, References())]

    def readers(self):
        return writers()

    def receivers(self):
        return GriffieAddress.objects.reachable().count()

    def settle(self, at):
        approved = Mailing.objects.filter(moment=self.moment, approved_at__isnull=False)
        lines = lines_of(self.body, References())
        if self.moment == self.Moment.ELECTION:
            voting_on = coming(at.date())[0].voting
            if approved.filter(voting_on=voting_on).exists():
                raise ValidationError("Voor deze verkiezing ging er al een brief uit.")
            return {"lines": lines, "voting_on": voting_on}
        if approved.filter(approved_at__year=at.year).count() >= self.CALM_A_YEAR:
            number = self.CALM_A_YEAR
            raise ValidationError(
                f"Dit jaar gingen er al {number} brieven uit. Wacht tot volgend jaar."
            )
        return {"lines": lines}

    def unsettle(self):
        return {"voting_on": None}

    def as_letter(self):
        lines = self.lines or lines_of(self.body, References())
        return many.write(
            "outreach/mail/mailing.md", purpose=self.PURPOSE, links=["link"],
            subject=self.subject, lines=[Line(*one) for one in lines],
        )  # fmt: skip

    def next_receivers(self, number):
        addresses = GriffieAddress.objects.reachable().filter(pk__gt=number)
        # An address that had it before there were letters to many (Delivery) has it.
        addresses = addresses.exclude(area__in=self.deliveries.values("area"))
        return [
            many.Receiver(one.pk, one.email, {"link": page_of(one.area)})
            for one in addresses.select_related("area").order_by("pk")[: many.BATCH]
        ]

    def tell(self, what, person):
        letters.write(what, self, person)


def page_of(area):
    return reverse("outreach:area", args=[area.slug])


class Delivery(models.Model):
    """That a *griffie* got a letter, from before the outbox kept that (mail/many.py)."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "verstuurde brief"
        verbose_name_plural = "verstuurde brieven"
        constraints = [
            models.UniqueConstraint(fields=["mailing", "area"], name="one_letter_per_griffie"),
        ]

    def __str__(self):
        return f"{self.mailing}: {self.area}"
