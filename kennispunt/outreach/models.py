"""How parties hear of us: what griffiers forward, where to reach them, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from wagtail.models import RevisionMixin

from kennispunt.elections.models import Area
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
        """What each *griffie* can be reached at now; older addresses stay as history."""
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
    """How often the short address of an area was opened in a month. Nothing about by whom."""

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


class MailingQuerySet(models.QuerySet):
    def waiting(self):
        """For a second reader."""
        return self.filter(approved_at=None, returned_at=None, withdrawn_at=None)

    def returned(self):
        """To the author, with a remark."""
        return self.exclude(returned_at=None).filter(withdrawn_at=None)

    def going(self):
        """Approved, and not wholly in the outbox."""
        return self.filter(approved_at__isnull=False, sent_at=None, withdrawn_at=None)


class Mailing(models.Model):
    """A letter to every *griffie* that we can reach: written by one, approved by another.

    It waits for a second reader until it is approved, sent back with a remark, or withdrawn. Who
    changed it last is `written_by`.
    """

    class Moment(models.TextChoices):
        CALM = "calm", "gewoon, hoogstens twee per jaar"
        ELECTION = "election", "bij een verkiezing, hoogstens één per verkiezing"

    subject = models.CharField("onderwerp", max_length=100)
    body = models.TextField("tekst", help_text=REFERENCES_HELP)
    moment = models.CharField("moment", max_length=8, choices=Moment, default=Moment.CALM)
    voting_on = models.DateField("dag van de stemming", null=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField("geschreven op", auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_at = models.DateTimeField("goedgekeurd op", null=True, editable=False)
    # What was approved, as lines of a mail: a fact that changes later changes no letter.
    lines = models.JSONField(null=True, editable=False)
    sent_at = models.DateTimeField("alles in de uitbak op", null=True, editable=False)
    remark = models.TextField("opmerking", max_length=1000, blank=True, db_default="")
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    returned_at = models.DateTimeField("teruggestuurd op", null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, editable=False)

    objects = MailingQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at"]
        verbose_name = "brief aan griffies"
        verbose_name_plural = "brieven aan griffies"
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")),
                name="mailing_is_approved_by_another",
                violation_error_message="Wie de brief schreef, keurt hem niet goed.",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(approved_at__isnull=False),
                name="mailing_is_approved_before_it_goes",
            ),
            models.UniqueConstraint(
                fields=["voting_on"],
                condition=Q(moment="election", approved_at__isnull=False),
                name="one_mailing_for_an_election",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(approved_at=None) & ~Q(remark=""),
                name="mailing_comes_back_with_a_remark",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(sent_at=None),
                name="mailing_that_went_is_not_withdrawn",
            ),
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("outreach:mailing", args=[self.pk])

    @property
    def can_change(self) -> bool:
        """Whether the text is not settled yet."""
        return self.approved_at is None and self.withdrawn_at is None

    @property
    def waits(self) -> bool:
        return self.can_change and self.returned_at is None

    @property
    def state(self) -> str:
        """In words."""
        if self.withdrawn_at:
            return "ingetrokken"
        if self.sent_at:
            return "verzonden"
        if self.approved_at:
            return "goedgekeurd, gaat de uitbak in"
        return "terug met een opmerking" if self.returned_at else "wacht op een tweede lezer"


class Delivery(models.Model):
    """One letter of a mailing that was put in the outbox: never a second to the same *griffie*."""

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
