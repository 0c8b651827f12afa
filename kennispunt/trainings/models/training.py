"""Trainings, rooms and editions: a training has editions, an edition has meetings."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.urls import resolve, reverse
from wagtail.models import RevisionMixin

from kennispunt.accounts.groups import trainers
from kennispunt.elections.models import Area
from kennispunt.pages import text
from kennispunt.pages.references import References, problems
from kennispunt.pages.texts import REFERENCES_HELP, Loaded
from kennispunt.trainings.periods import MARK_BEFORE
from kennispunt.ui import cleaning
from kennispunt.ui.rows import SharedRow


class Theme(Loaded, models.Model):
    """A subject of trainings. Wishes and votes add up per theme."""

    slug = models.SlugField("naam in adressen", unique=True)
    name = models.CharField("thema", max_length=60, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "thema"
        verbose_name_plural = "thema’s"

    def __str__(self):
        return self.name


class Training(Loaded, RevisionMixin, models.Model):
    """A lesson: its contents, its audience, and what to prepare. It is given as editions."""

    slug = models.SlugField("naam in het adres", unique=True)
    title = models.CharField("titel", max_length=100)
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="trainings", verbose_name="thema"
    )
    lead = models.CharField("in het kort", max_length=240, help_text="Hoogstens 35 woorden.")
    body = models.TextField("wat je leert", help_text=REFERENCES_HELP)
    preparation = models.TextField("voorbereiding", blank=True, help_text=REFERENCES_HELP)
    further = models.TextField("lees verder", blank=True, help_text=REFERENCES_HELP)
    for_board = models.BooleanField("voor bestuursleden", default=False)
    for_councillors = models.BooleanField("voor raadsleden en Statenleden", default=False)
    for_candidates = models.BooleanField("voor kandidaten", default=False)
    for_volunteers = models.BooleanField("voor vrijwilligers", default=False)
    for_founders = models.BooleanField(
        "voor oprichters", default=False, help_text="Ook een partij in oprichting krijgt een plek."
    )
    is_offered = models.BooleanField("geven we", default=True)

    TEXTS = ("body", "preparation", "further")
    AUDIENCES = ("for_board", "for_councillors", "for_candidates", "for_volunteers", "for_founders")

    class Meta:
        ordering = ["title"]
        verbose_name = "training"
        verbose_name_plural = "trainingen"

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("trainings:training", args=[self.slug])

    def clean(self):
        """The texts name only what is there, and have no headings: the page has those."""
        references, wrong = References(), {}
        if self.slug and resolve(self.get_absolute_url()).url_name != "training":
            wrong["slug"] = "Op dit adres staat al iets anders. Kies een andere naam."
        for name in self.TEXTS:
            found = [
                f"Regel {one.line}: {one.message}"
                for one in problems(getattr(self, name), references)
            ]
            if any(line.startswith("#") for line in getattr(self, name).splitlines()):
                found.append("Laat koppen weg: de pagina zet er zelf een boven.")
            if found:
                wrong[name] = found
        if wrong:
            raise ValidationError(wrong)

    def read(self, references: References) -> dict:
        """Its texts as HTML, by the name of the field."""
        return {
            name: text.line(getattr(self, name), references, spots=f"feit-{name}")
            for name in self.TEXTS
        }

    @property
    def audiences(self) -> list[str]:
        """The roles that it is for, in words: ["bestuursleden", "oprichters"]."""
        names = [self._meta.get_field(name).verbose_name for name in self.AUDIENCES]
        return [
            name.removeprefix("voor ")
            for name, field in zip(names, self.AUDIENCES, strict=True)
            if getattr(self, field)
        ]


class Room(models.Model):
    """A place where trainings are given. Everyone may read how to get there."""

    name = models.CharField("zaal", max_length=100)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", verbose_name="gemeente"
    )
    address = models.CharField("straat en nummer", max_length=120)
    postcode = models.CharField("postcode", max_length=7, blank=True)
    town = models.CharField("plaats", max_length=60)
    travel = models.TextField("met bus of trein", blank=True)
    parking = models.TextField("parkeren", blank=True)
    accessibility = models.TextField("toegankelijkheid", blank=True)
    has_induction_loop = models.BooleanField("ringleiding", null=True, blank=True)
    seats = models.PositiveSmallIntegerField("stoelen", null=True, blank=True)
    contact = models.CharField(
        "wie opent de deur", max_length=120, blank=True, help_text="Alleen voor ons en de trainer."
    )

    class Meta:
        ordering = ["town", "name"]
        verbose_name = "zaal"
        verbose_name_plural = "zalen"
        constraints = [
            models.UniqueConstraint(fields=["name", "town"], name="room_is_there_once"),
        ]

    def __str__(self):
        return f"{self.name}, {self.town}"

    def clean(self):
        self.postcode = cleaning.postcode(self.postcode)

    @property
    def has_more(self) -> bool:
        """Whether there is more to say than the address."""
        words = self.travel or self.parking or self.accessibility
        return bool(words) or self.has_induction_loop is not None

    @property
    def full_address(self) -> str:
        place = f"{self.postcode} {self.town}".strip()
        return f"{self.name}, {self.address}, {place}"


class EditionQuerySet(models.QuerySet):
    def public(self):
        """The ones that the agenda knows: also the cancelled ones, which say so."""
        return self.exclude(status=Edition.Status.DRAFT)

    def open(self):
        return self.filter(status=Edition.Status.OPEN)

    def coming(self, now: datetime):
        """Not over yet, the first one first."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def coming_in(self, room: Room, now: datetime):
        """The ones of the agenda that are still to come in this room."""
        return self.open().coming(now).filter(room=room)

    def counted(self):
        """With `taken` (places given or held) and `waiting`. Both cost no further query."""
        return self.annotate(
            taken=Count("registrations", filter=Q(registrations__state__in=["placed", "offered"])),
            waiting=Count("registrations", filter=Q(registrations__state="waiting")),
        )

    def shown(self):
        """With all that a line of the agenda shows: two queries, however many there are."""
        return self.counted().select_related("training", "room").prefetch_related("meetings")


class Edition(SharedRow):
    """A training at a place and a time, with places. In one room, or online.

    `starts_at` and `ends_at` are those of its first and last meeting; actions/editions.py keeps
    them so.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "in voorbereiding"
        OPEN = "open", "gaat door"
        CANCELLED = "cancelled", "gaat niet door"

    training = models.ForeignKey(
        Training, on_delete=models.PROTECT, related_name="editions", verbose_name="training"
    )
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="editions",
        verbose_name="zaal", help_text="Leeg: online.",
    )  # fmt: skip
    online_link = models.URLField(
        "adres van de online ruimte", blank=True, help_text="Alleen deelnemers zien dit."
    )
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True,
        related_name="+", limit_choices_to=trainers, verbose_name="trainer",
    )  # fmt: skip
    starts_at = models.DateTimeField("begint", db_index=True)
    ends_at = models.DateTimeField("eindigt", db_index=True)
    places = models.PositiveSmallIntegerField("plaatsen", default=16)
    minimum = models.PositiveSmallIntegerField("gaat door vanaf", default=6)
    max_per_party = models.PositiveSmallIntegerField("hoogstens per partij", default=3)
    opens_at = models.DateTimeField(
        "inschrijven vanaf", null=True, blank=True, help_text="Leeg: meteen."
    )
    closes_at = models.DateTimeField(
        "inschrijven tot", null=True, blank=True, help_text="Leeg: tot het begint."
    )
    asks_diet = models.BooleanField("vraag naar eten", default=False)
    asks_access = models.BooleanField("vraag wat iemand nodig heeft om mee te doen", default=True)
    bring = models.CharField("meenemen", max_length=200, blank=True)
    meetings_needed = models.PositiveSmallIntegerField(
        "bijeenkomsten voor een certificaat", null=True, blank=True, help_text="Leeg: alle."
    )
    note = models.TextField("opmerking voor ons", blank=True)
    costs = models.DecimalField(
        "kosten in euro", max_digits=8, decimal_places=2, null=True, blank=True
    )
    hours = models.DecimalField(
        "uren van ons", max_digits=5, decimal_places=1, null=True, blank=True
    )
    # Goes up with every change of time or place: calendars then know which is newer (RFC 5545).
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField("gewijzigd op", auto_now=True)
    cancelled_at = models.DateTimeField("afgezegd op", null=True, editable=False)
    cancel_reason = models.CharField("waarom niet", max_length=200, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = "editie"
        verbose_name_plural = "edities"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="edition_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(places__gt=0, max_per_party__gt=0), name="edition_has_places"
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(opens_at=None) | Q(closes_at__gt=F("opens_at")),
                name="edition_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | ~Q(status="cancelled") & Q(cancelled_at=None),
                name="edition_says_when_it_was_cancelled",
            ),
        ]

    def __str__(self):
        return f"{self.training}, {self.place}"

    def get_absolute_url(self):
        return reverse("trainings:edition", args=[self.training.slug, self.pk])

    @property
    def place(self) -> str:
        """The place in a word: the town, or "online"."""
        return self.room.town if self.room else "online"

    @property
    def whereabouts(self) -> str:
        """The same in a sentence: "in Assen", or "online"."""
        return f"in {self.place}" if self.room else self.place

    @property
    def moments(self) -> list[tuple[datetime, datetime]]:
        """The begin and end of each meeting, the first one first."""
        return [(one.starts_at, one.ends_at) for one in self.meetings.all()]

    def is_over(self, now: datetime) -> bool:
        return self.ends_at <= now

    def takes_sign_ups(self, now: datetime) -> bool:
        """Whether one can sign up now, for a place or for the waiting list."""
        return (
            self.status == self.Status.OPEN
            and (self.opens_at is None or self.opens_at <= now)
            and now < (self.closes_at or self.starts_at)
            and now < self.starts_at
        )


class Meeting(models.Model):
    """One evening or Saturday of an edition. May pass midnight."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField("begint")
    ends_at = models.DateTimeField("eindigt")

    class Meta:
        ordering = ["starts_at"]
        verbose_name = "bijeenkomst"
        verbose_name_plural = "bijeenkomsten"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["edition", "starts_at"], name="edition_meets_once_at_a_time"
            ),
        ]

    def __str__(self):
        return f"bijeenkomst {self.pk}"

    def takes_marks(self, now: datetime) -> bool:
        """Whether the trainer can mark who is there: people come in before it begins."""
        return self.starts_at - MARK_BEFORE <= now


class QuietPeriod(models.Model):
    """Days on which we rather plan nothing: holidays and school holidays. Staff keep this table."""

    name = models.CharField("naam", max_length=80)
    starts_on = models.DateField("van")
    ends_on = models.DateField("tot en met")
    provinces = models.ManyToManyField(
        Area, related_name="+", blank=True, verbose_name="provincies",
        limit_choices_to={"kind": Area.Kind.PROVINCIE}, help_text="Leeg: het hele land.",
    )  # fmt: skip

    class Meta:
        ordering = ["starts_on", "name"]
        verbose_name = "rustige periode"
        verbose_name_plural = "rustige periodes"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="quiet_period_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return self.name


class CouncilEvening(models.Model):
    """The evening on which a council usually meets: its members cannot come then."""

    class Weekday(models.IntegerChoices):
        MONDAY = 1, "maandag"
        TUESDAY = 2, "dinsdag"
        WEDNESDAY = 3, "woensdag"
        THURSDAY = 4, "donderdag"
        FRIDAY = 5, "vrijdag"

    area = models.ForeignKey(
        Area, on_delete=models.CASCADE, related_name="+", verbose_name="gebied"
    )
    weekday = models.PositiveSmallIntegerField("avond", choices=Weekday)

    class Meta:
        ordering = ["area__name", "weekday"]
        verbose_name = "raadsavond"
        verbose_name_plural = "raadsavonden"
        constraints = [
            models.UniqueConstraint(fields=["area", "weekday"], name="council_meets_that_evening"),
        ]

    def __str__(self):
        return f"{self.area}: {self.get_weekday_display()}"
