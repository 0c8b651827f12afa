"""The party as an organisation: its names through time, where it takes part, what became of it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.timezone import localdate

from kennispunt.accounts.models import User
from kennispunt.elections.models import Area, AreaName, ElectoralList, folded
from kennispunt.parties.models.person_links import done_by
from kennispunt.ui.cleaning import sought
from kennispunt.ui.dutch import date_in_words
from kennispunt.ui.rows import SharedRow


def new_key() -> str:
    """Return a key for addresses: it tells nothing, and nobody counts to the next one."""
    return get_random_string(10, "abcdefghjkmnpqrstuvwxyz23456789")


def _since(period) -> str:
    return f" sinds {date_in_words(period.since)}" if period.since else ""


class PartyQuerySet(models.QuerySet):
    def in_force(self, on: date):
        """Parties with a status that opens something, on this day."""
        lasting = Q(status_until=None) | Q(status_until__gte=on)
        return self.filter(lasting, status__in=Party.OPENS)

    def shown(self, on: date):
        """Parties that chose to show themselves, as long as they may take part."""
        return self.in_force(on).filter(is_shown=True)

    def in_areas(self, codes):
        return self.filter(areas__in=codes).distinct()

    def matching(self, words: str):
        """Parties of which a name of any time, or an area, has these words; the key finds one."""
        plain = folded(sought(words))
        if not plain:
            return self.none()
        names = PartyName.objects.filter(folded__contains=plain).values("party")
        areas = AreaName.objects.filter(folded__startswith=plain).values("area")
        found = Q(folded__contains=plain) | Q(pk__in=names) | Q(key=words.strip())
        in_areas = Party.areas.through.objects.filter(area__in=areas).values("party")
        return self.filter(found | Q(pk__in=in_areas))

    def named(self, name: str):
        """Parties that are or were written like this. A name only proposes: a person decides."""
        names = PartyName.objects.filter(folded=folded(name))
        return self.filter(Q(folded=folded(name)) | Q(pk__in=names.values("party")))


class Party(SharedRow):
    """A local or regional party: an organisation, made by a person, never by a match of names.

    It is never deleted, because decisions and old results keep pointing to it. What it may use
    follows from its status (the table in permissions.py), which is decided by a person and lasts
    until a day, or until it is decided anew.
    """

    class Status(models.TextChoices):
        NONE = "none", "niet toegelaten"
        APPLIED = "applied", "aangemeld, nog niet besloten"
        FOUNDING = "founding", "in oprichting"
        NEW = "new", "nieuw, nog zonder uitslag"
        ELIGIBLE = "eligible", "toegelaten"
        ENDED = "ended", "beëindigd"

    OPENS = (Status.FOUNDING, Status.NEW, Status.ELIGIBLE)

    class LegalForm(models.TextChoices):
        UNKNOWN = "", "weten we niet"
        FULL = "full", "vereniging met statuten van de notaris"
        LIMITED = "limited", "vereniging zonder notaris"
        FOUNDATION = "foundation", "stichting"
        NOT_YET = "not_yet", "nog geen"
        OTHER = "other", "iets anders"

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    name = models.CharField("naam", max_length=120)
    folded = models.CharField(max_length=120, editable=False, db_index=True)
    areas = models.ManyToManyField(Area, related_name="parties", verbose_name="gebieden")
    # Many to many: a joint list is of several parties, and each party stood more than once.
    lists = models.ManyToManyField(
        ElectoralList, related_name="parties", blank=True, verbose_name="lijsten"
    )
    legal_form = models.CharField("rechtsvorm", max_length=10, choices=LegalForm, blank=True)
    kvk_number = models.CharField("KVK-nummer", max_length=8, blank=True, help_text="8 cijfers.")
    status = models.CharField(max_length=8, choices=Status, default=Status.APPLIED)
    status_since = models.DateField("sinds")
    status_until = models.DateField(
        "tot en met", null=True, blank=True, help_text="Leeg: tot er opnieuw wordt besloten."
    )
    # For everyone to see beside the official results: only what the party filled in here.
    is_shown = models.BooleanField("toon onze gegevens in het register", default=False)
    website = models.URLField("website", blank=True)
    public_email = models.EmailField("openbaar mailadres", blank=True)
    about = models.CharField("over de partij", max_length=300, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "partij"
        verbose_name_plural = "partijen"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="party_has_a_name"),
            models.CheckConstraint(
                condition=Q(kvk_number="") | Q(kvk_number__regex=r"^[0-9]{8}$"),
                name="kvk_number_has_eight_digits",
            ),
            models.CheckConstraint(
                condition=Q(status_until=None) | Q(status_until__gte=F("status_since")),
                name="status_ends_after_it_began",
            ),
            # Founding has a last day: when it passes without a registration it is over.
            models.CheckConstraint(
                condition=~Q(status="founding") | Q(status_until__isnull=False),
                name="founding_lasts_until_a_day",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, update_fields=None, **options):
        self.folded = folded(self.name)
        if update_fields and "name" in update_fields:
            update_fields = [*update_fields, "folded"]
        super().save(*args, update_fields=update_fields, **options)

    def status_on(self, on: date) -> Status:
        """The status as it counts on this day: what lasted until an earlier day has ended."""
        if self.status_until and self.status_until < on and self.status in self.OPENS:
            return self.Status.ENDED
        return self.Status(self.status)

    def ended_on(self, on: date) -> date | None:
        """Since when it has ended, if it has: the forum stays readable for thirty days."""
        if self.status == self.Status.ENDED:
            return self.status_since
        return self.status_until if self.status_on(on) == self.Status.ENDED else None

    def goes_on_as(self, on: date) -> "Party":
        """Return what it merged into or continued as by this day; itself when it did not."""
        party = self
        while step := party.successors.filter(kind__in=Lineage.ENDS, date__lte=on).first():
            party = step.new
        return party

    def planned_name(self) -> "PartyName | None":
        """The name that it will have from a later day on."""
        later = self.names.filter(kind=PartyName.Kind.NAME, since__gt=localdate())
        return later.first()

    def published_email(self, on: date) -> str:
        """The address at which everyone can reach it, as it shows itself; else empty."""
        shown = self.is_shown and self.status_on(on) in self.OPENS
        return self.public_email if shown else ""

    def has_people(self) -> bool:
        """Whether anyone was ever accepted to speak for it: an applicant is not yet one of them."""
        return self.mandates.exclude(accepted_on=None).exists()

    def managers(self) -> list[User]:
        """The people who manage its colleagues."""
        managing = self.mandates.managing().select_related("person")
        return [one.person for one in managing.order_by("person_id")]


class PartyName(models.Model):
    """A name that a party has or had. Party.name is the one of today.

    A name has a period, and from one day to the next there is one; only after a change they are
    here. An alias is how people also say it, at any time.
    """

    class Kind(models.TextChoices):
        NAME = "name", "naam"
        ALIAS = "alias", "ook wel"

    party = models.ForeignKey(
        Party, on_delete=models.CASCADE, related_name="names", verbose_name="partij"
    )
    kind = models.CharField("soort", max_length=5, choices=Kind, default=Kind.ALIAS)
    name = models.CharField("naam", max_length=120)
    folded = models.CharField(max_length=120, editable=False, db_index=True)
    since = models.DateField("sinds", null=True, blank=True)
    until = models.DateField("tot", null=True, blank=True)

    class Meta:
        ordering = ["-since", "name"]
        verbose_name = "naam van een partij"
        verbose_name_plural = "namen van partijen"
        constraints = [
            models.UniqueConstraint(
                fields=["party", "name"], condition=Q(kind="alias"), name="party_has_an_alias_once"
            ),
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(kind="name", until=None),
                name="party_has_one_last_name",
            ),
            models.UniqueConstraint(
                fields=["party", "since"],
                condition=Q(kind="name"),
                name="party_gets_one_name_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(kind="alias") | Q(since__isnull=False) | Q(until__isnull=False),
                name="name_of_a_party_has_a_period",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gt=F("since")),
                name="name_ends_after_it_began",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **options):
        self.folded = folded(self.name)
        super().save(*args, **options)

    @property
    def with_its_end(self) -> str:
        """ "De Kring", and of a name that ended "De Kring (tot 3 mei 2026)"."""
        return f"{self.name} (tot {date_in_words(self.until)})" if self.until else self.name

    @property
    def can_go(self) -> bool:
        """Whether the staff may take it back: an alias, or what has not begun."""
        return self.kind == self.Kind.ALIAS or not self.has_begun(localdate())

    @property
    def in_words(self) -> str:
        """The line for the staff about a name that is not the one of today."""
        if self.kind == self.Kind.ALIAS:
            return "Ook wel zo genoemd."
        if not self.has_begun(localdate()):
            return f"Heet zo vanaf {date_in_words(self.since)}. Dat gaat vanzelf in."
        return f"Heette zo{_since(self)} tot {date_in_words(self.until)}."

    def has_begun(self, on: date) -> bool:
        """Whether it may be told: a name of a later day is the party's own news."""
        return self.since is None or self.since <= on


class PartyArea(models.Model):
    """Since when, or until when, a party takes part in an area. Party.areas are those of today.

    Only what we know a day of is here. `until` is the first day on which it no longer does.
    """

    party = models.ForeignKey(
        Party, on_delete=models.CASCADE, related_name="periods", verbose_name="partij"
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", verbose_name="gebied"
    )
    since = models.DateField("sinds", null=True, blank=True)
    until = models.DateField("tot", null=True, blank=True)

    class Meta:
        ordering = ["area__name", "pk"]
        verbose_name = "gebied van een partij"
        verbose_name_plural = "gebieden van partijen"
        constraints = [
            models.UniqueConstraint(
                fields=["party", "area"],
                condition=Q(until=None),
                name="party_takes_part_in_an_area_once",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=False) | Q(until__isnull=False),
                name="area_of_a_party_has_a_period",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gt=F("since")),
                name="area_of_a_party_ends_after_it_began",
            ),
        ]

    def __str__(self):
        return f"{self.party} in {self.area}"

    @property
    def is_over(self) -> bool:
        return self.until is not None and self.until <= localdate()

    @property
    def in_words(self) -> str:
        """The line for the staff about a period that is over or has yet to turn; "" for another."""
        if self.is_over:
            return f"Deed mee{_since(self)} tot {date_in_words(self.until)}."
        if self.until:
            return f"Stopt hier op {date_in_words(self.until)}. Dat gaat vanzelf in."
        if self.since > localdate():
            return f"Begint hier op {date_in_words(self.since)}. Dat gaat vanzelf in."
        return ""

    @property
    def bounds_in_words(self) -> str:
        """The known first and last day of an area of today."""
        if self.until:
            return "" if self.is_over else f"Tot {date_in_words(self.until)}."
        return f"Sinds {date_in_words(self.since)}."


class Lineage(models.Model):
    """One party went on as another: history and votes stay right through mergers and splits."""

    class Kind(models.TextChoices):
        MERGED = "merged", "ging op in"
        SPLIT = "split", "splitste zich af als"
        CONTINUED = "continued", "ging verder als"

    COMING = {
        Kind.MERGED: "gaat op in",
        Kind.SPLIT: "splitst zich af als",
        Kind.CONTINUED: "gaat verder als",
    }
    ENDS = (Kind.MERGED, Kind.CONTINUED)  # the old party is no more; after a split both go on

    old = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="successors", verbose_name="oude partij"
    )
    new = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="predecessors", verbose_name="nieuwe partij"
    )
    kind = models.CharField("wat er gebeurde", max_length=9, choices=Kind)
    date = models.DateField("datum")
    source = models.CharField("bron", max_length=200)
    # How long the status of the old party lasted before this was known: for when it was a mistake.
    lasted_until = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = "afkomst"
        verbose_name_plural = "afkomst"
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="party_is_succeeded_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="party_succeeds_another"),
            models.UniqueConstraint(
                fields=["old"],
                condition=Q(kind__in=["merged", "continued"]),
                name="party_goes_over_into_one",
            ),
        ]

    def __str__(self):
        return f"{self.old} {self.in_words} {self.new}"

    @property
    def in_words(self) -> str:
        """The event as it is said today: past or still to come."""
        return self.words_on(localdate())

    def together(self) -> list["Lineage"]:
        """All that was recorded in the same act: the parties that merged into one that day."""
        if self.kind != self.Kind.MERGED:
            return [self]
        same = Lineage.objects.filter(
            new=self.new_id, kind=self.kind, date=self.date, source=self.source
        )
        return list(same.select_related("old", "new"))

    def words_on(self, day: date) -> str:
        """As one says it on that day: "ging op in", or before it is so "gaat op in"."""
        return self.COMING[self.kind] if self.date > day else self.get_kind_display()


class RegisterChange(models.Model):
    """A change of the register by a member of staff, in words. Never about the people who speak for
    the party."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField("wat", max_length=400)
    source = models.CharField("bron", max_length=200, blank=True)
    made_at = models.DateTimeField("op", default=timezone.now)
    made_by = done_by()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "verandering in het register"
        verbose_name_plural = "veranderingen in het register"

    def __str__(self):
        return f"verandering {self.pk}"
