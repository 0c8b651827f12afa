"""Wishes: a training in the region, something made for one party, themes for next year.

The tables keep the names they had when this was a part of `trainings`: no row had to move.
"""

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.timezone import localdate

from kennispunt.elections.models import Area
from kennispunt.parties.models import Mandate, Party
from kennispunt.parties.permissions import is_accepted
from kennispunt.trainings.models import Edition, Theme
from kennispunt.wishes.periods import WISH_THRESHOLD


class WishQuerySet(models.QuerySet):
    def counted(self):
        """Open ones with `parties`: how many that may take part want it; most wanted first."""
        in_force = Party.objects.in_force(localdate()).values("pk")
        said = Q(voices__in=WishVoice.objects.of_parties().filter(party__in=in_force))
        rows = self.filter(closed_on=None).select_related("theme", "region")
        rows = rows.annotate(parties=Count("voices__party", filter=said, distinct=True))
        return rows.filter(parties__gt=0).order_by("-parties", "theme__name", "region__name")

    def ripe(self):
        """The ones that enough parties want: the desk proposes an edition."""
        return self.counted().filter(parties__gte=WISH_THRESHOLD)


class Wish(models.Model):
    """A training about this theme in this province. Parties say that they want it."""

    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="wishes", verbose_name="thema"
    )
    region = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", verbose_name="provincie",
        limit_choices_to={"kind": Area.Kind.PROVINCIE},
    )  # fmt: skip
    # What came of it; then a new wish may begin.
    edition = models.ForeignKey(
        Edition, on_delete=models.SET_NULL, null=True, blank=True, related_name="wishes"
    )
    closed_on = models.DateField("afgesloten op", null=True, blank=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        db_table = "trainings_wish"
        ordering = ["theme__name", "region__name"]
        verbose_name = "wens"
        verbose_name_plural = "wensen"
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "region"],
                condition=Q(closed_on=None),
                name="wish_is_open_once_per_region",
            ),
        ]

    def __str__(self):
        return f"{self.theme}, {self.region}"


class WishVoiceQuerySet(models.QuerySet):
    def of_parties(self):
        """The ones of a party: by somebody who was accepted, and may have left or be forgotten."""
        accepted = Mandate.objects.filter(party=OuterRef("party"), person=OuterRef("person"))
        return self.filter(Q(person=None) | Exists(accepted.exclude(accepted_on=None)))

    def seen_by(self, user, party: Party):
        """The ones that this person may see and take back: those of the party; before they were
        accepted only their own.
        """
        ours = self.filter(party=party)
        return ours.of_parties() if is_accepted(user, party) else ours.filter(person=user)


class WishVoice(models.Model):
    """A party wants it, in this town, with so many people; and may offer a room.

    One for a party (actions.wish); an applicant who was not accepted has one of their own.
    """

    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="voices")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    town = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", verbose_name="gemeente"
    )
    people = models.PositiveSmallIntegerField("met hoeveel mensen", default=2)
    text = models.CharField("wat wil je leren", max_length=300, blank=True)
    room = models.CharField("zaal die jullie bieden", max_length=300, blank=True)
    made_on = models.DateField("gevraagd op")

    objects = WishVoiceQuerySet.as_manager()

    class Meta:
        db_table = "trainings_wishvoice"
        ordering = ["made_on", "pk"]
        verbose_name = "stem voor een wens"
        verbose_name_plural = "stemmen voor wensen"
        constraints = [
            models.UniqueConstraint(fields=["wish", "party", "person"], name="person_wishes_once"),
            models.CheckConstraint(condition=Q(people__gt=0), name="somebody_comes"),
        ]

    def __str__(self):
        return f"stem {self.pk}"


class CustomRequestQuerySet(models.QuerySet):
    def for_us(self):
        """The ones that wait for our answer, or for what we promised in one."""
        return self.filter(Q(state=CustomRequest.State.OPEN) | Q(promised_on__isnull=False))


class CustomRequest(models.Model):
    """A party asks for something made for it alone (*maatwerk*). The desk answers."""

    class State(models.TextChoices):
        OPEN = "open", "wacht op ons"
        ANSWERED = "answered", "beantwoord"
        PLANNED = "planned", "gepland"

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    town = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", verbose_name="gemeente"
    )
    text = models.TextField("wat willen jullie leren", max_length=2000)
    when = models.CharField("wanneer kunnen jullie", max_length=200, blank=True)
    people = models.PositiveSmallIntegerField("met hoeveel mensen")
    room = models.CharField("zaal die jullie bieden", max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    answer = models.TextField("antwoord", blank=True)
    edition = models.ForeignKey(
        Edition, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField("gevraagd op")
    answered_at = models.DateTimeField("beantwoord op", null=True)
    # What we promised in our answer waits for us until we answer again.
    promised_on = models.DateField("beloofd voor", null=True)

    objects = CustomRequestQuerySet.as_manager()

    class Meta:
        db_table = "trainings_customrequest"
        ordering = ["made_at"]
        verbose_name = "vraag om maatwerk"
        verbose_name_plural = "vragen om maatwerk"
        constraints = [
            models.CheckConstraint(condition=Q(people__gt=0), name="request_is_for_somebody"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None)
                | ~Q(state="open") & Q(answered_at__isnull=False),
                name="answered_request_says_when",
            ),
            models.CheckConstraint(
                condition=Q(promised_on=None) | Q(state="answered"),
                name="only_an_answer_promises",
            ),
        ]

    def __str__(self):
        return f"maatwerk {self.pk}"


class ThemeVote(models.Model):
    """A party wants this theme in the programme of a year. At most three: actions.vote."""

    year = models.PositiveSmallIntegerField("jaar")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="votes")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    cast_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        db_table = "trainings_themevote"
        ordering = ["year", "theme__name"]
        verbose_name = "stem op een thema"
        verbose_name_plural = "stemmen op thema’s"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "theme", "party"], name="party_votes_for_a_theme_once_a_year"
            ),
        ]

    def __str__(self):
        return f"stem {self.pk}"
