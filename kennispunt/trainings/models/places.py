"""Places, waits and attendance. Political data: nothing of a person leads here."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from kennispunt.mail.models import OutgoingMail
from kennispunt.parties.models import Mandate, Party
from kennispunt.trainings.models.training import Edition, Meeting
from kennispunt.trainings.periods import ANSWER_WITHIN, ASK_LATER
from kennispunt.ui.rows import SharedRow


class RegistrationQuerySet(models.QuerySet):
    def placed(self):
        return self.filter(state=Registration.State.PLACED)

    def waiting(self):
        return self.filter(state=Registration.State.WAITING)

    def offered(self):
        return self.filter(state=Registration.State.OFFERED)

    def live(self):
        """Has a place, is offered one, or waits for one."""
        return self.filter(state__in=Registration.LIVE)

    def of(self, person):
        return self.filter(person=person)

    def in_part(self, part: str):
        """The ones in this part of an edition (EditionMail.Part). No part has those given up."""
        match part:
            case EditionMail.Part.PLACED:
                return self.placed()
            case EditionMail.Part.WAITING:
                return self.waiting() | self.offered()
            case EditionMail.Part.ALL:
                return self.live()
        there = self.placed().filter(attendances__was_there=True).distinct()
        if part == EditionMail.Part.THERE:
            return there
        marked = self.placed().filter(attendances__isnull=False).distinct()
        return marked.exclude(pk__in=there.values("pk").order_by())

    def to_write_to(self):
        """The ones whose person was not erased, with what a mail to them needs."""
        rows = self.filter(person__isnull=False).select_related("person", "party", "booked_by")
        return rows.order_by("signed_up_at", "pk")


class Registration(SharedRow):
    """One person at one edition, for a party. Changed by actions/places.py and by_hand.py alone.

    A provisional place holds a place like any other, until the decision about the party.
    An offered place is held until `offered_until`; `offers` counts how often, so that the
    link of an earlier offer does nothing.
    """

    class State(models.TextChoices):
        PLACED = "placed", "heeft een plek"
        WAITING = "waiting", "op de wachtlijst"
        OFFERED = "offered", "een plek aangeboden"
        CANCELLED = "cancelled", "afgemeld"
        ENDED = "ended", "vervallen"  # by us: the edition, the decision, or the mandate ended

    LIVE = (State.PLACED, State.WAITING, State.OFFERED)

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="registrations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    # None: the person was erased, or it is two years ago. It still counts in the figures.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(max_length=9, choices=State)
    # Which of the places it is: the database gives none of them twice.
    seat = models.PositiveSmallIntegerField("plek", null=True, blank=True)
    is_provisional = models.BooleanField("voorlopig", default=False)
    # A founder at a training that is not for founders: after all others on the waiting list.
    comes_last = models.BooleanField("na de anderen", default=False)
    role = models.CharField("rol", max_length=10, choices=Mandate.Role, blank=True)
    question = models.CharField("grootste vraag", max_length=300, blank=True)
    diet = models.CharField("eten", max_length=200, blank=True)
    access = models.CharField("nodig om mee te doen", max_length=200, blank=True)
    signed_up_at = models.DateTimeField("ingeschreven op")
    changed_at = models.DateTimeField("veranderd op")
    offers = models.PositiveSmallIntegerField("keer aangeboden", default=0)
    offered_until = models.DateTimeField("vastgehouden tot", null=True, blank=True)
    # An offer that we could not deliver does not lapse: its mail goes anew.
    offer_mail = models.ForeignKey(
        OutgoingMail, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    evaluated_on = models.DateField("geëvalueerd op", null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["signed_up_at", "pk"]
        verbose_name = "inschrijving"
        verbose_name_plural = "inschrijvingen"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person"],
                condition=Q(state__in=["placed", "waiting", "offered"]),
                name="person_signs_up_for_an_edition_once",
            ),
            models.UniqueConstraint(fields=["edition", "seat"], name="seat_is_given_once"),
            models.CheckConstraint(
                condition=Q(state__in=["placed", "offered"], seat__gt=0)
                | Q(state__in=["waiting", "cancelled", "ended"], seat=None),
                name="who_has_a_place_has_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offered_until__isnull=False)
                | ~Q(state="offered") & Q(offered_until=None),
                name="offer_lasts_until_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "offered"]) | Q(person__isnull=False),
                name="somebody_waits",
            ),
        ]

    def __str__(self):
        # Without a name: a registration may stand in a log or an error.
        return f"inschrijving {self.pk}"

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    def become(
        self, state: State, now: datetime, *, seat: int | None = None,
        offered_until: datetime | None = None, **fields,
    ) -> None:  # fmt: skip
        """Write the new state; without a seat and an offer, unless they are given."""
        self.keep(state=state, seat=seat, offered_until=offered_until, changed_at=now, **fields)

    @property
    def has_earned(self) -> bool:
        """Whether there is a certificate: for all meetings, or as many as the edition asks.

        With meetings and attendances prefetched it asks nothing.
        """
        meetings = len(self.edition.meetings.all())
        needed = min(self.edition.meetings_needed or meetings, meetings)
        attended = sum(1 for one in self.attendances.all() if one.was_there)
        return self.state == self.State.PLACED and 0 < needed <= attended

    def takes_evaluation(self, moment: "Evaluation.Moment", now: datetime) -> bool:
        """Whether its person can still answer: after the training, and once."""
        if self.state != self.State.PLACED or self.person_id is None:
            return False
        is_later = moment == Evaluation.Moment.LATER
        asked_at = self.edition.ends_at + (ASK_LATER if is_later else timedelta())
        if not self.edition.ends_at <= now <= asked_at + ANSWER_WITHIN:
            return False
        if is_later:
            return self.notices.filter(kind=Notice.LATER).exists()
        return self.evaluated_on is None

    def status_on(self, on: date) -> Party.Status:
        """Return what the party of this person may use; while provisional, as an applicant."""
        return Party.Status.APPLIED if self.is_provisional else self.party.status_on(on)


class Attendance(models.Model):
    """Whether somebody with a place was at a meeting. Not there: not marked yet."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="attendances"
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    was_there = models.BooleanField("was er")

    class Meta:
        verbose_name = "aanwezigheid"
        verbose_name_plural = "aanwezigheid"
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "meeting"], name="attendance_is_marked_once"
            ),
        ]

    def __str__(self):
        return f"aanwezigheid {self.pk}"


class Notice(models.Model):
    """A note that a mail of this kind was put in the outbox for a registration: never a second."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="notices")
    THANKS, LATER, LATER_ANSWERED = "thanks", "later", "later answered"
    kind = models.CharField("soort", max_length=40)  # or "reminder 7 2026-12-03 19:30"
    at = models.DateTimeField("op", auto_now_add=True)

    class Meta:
        verbose_name = "verstuurd bericht"
        verbose_name_plural = "verstuurde berichten"
        constraints = [
            models.UniqueConstraint(fields=["registration", "kind"], name="notice_goes_once"),
        ]

    def __str__(self):
        return f"bericht {self.pk}"


class EditionMail(models.Model):
    """A letter of the desk to a part of an edition."""

    class Part(models.TextChoices):
        PLACED = "placed", "wie een plek heeft"
        WAITING = "waiting", "wie wacht"
        THERE = "there", "wie er was"
        NO_SHOW = "no_show", "wie niet kwam"
        ALL = "all", "iedereen"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="mails")
    part = models.CharField("aan", max_length=8, choices=Part)
    subject = models.CharField("onderwerp", max_length=100)
    body = models.TextField("tekst")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    sent_at = models.DateTimeField("verstuurd op")
    count = models.PositiveSmallIntegerField("aantal")

    class Meta:
        ordering = ["-sent_at"]
        verbose_name = "mail over een editie"
        verbose_name_plural = "mails over edities"

    def __str__(self):
        return self.subject


class Evaluation(models.Model):
    """An opinion about an edition. Without a name: only the edition and its day, which
    Registration.evaluated_on has too, so that no day ties the two.
    """

    class Moment(models.TextChoices):
        AFTER = "after", "na afloop"
        LATER = "later", "een half jaar later"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="evaluations")
    moment = models.CharField(max_length=5, choices=Moment, default=Moment.AFTER)
    grade = models.PositiveSmallIntegerField("cijfer", null=True, blank=True)
    useful = models.TextField("wat je ermee doet", max_length=1000, blank=True)
    better = models.TextField("wat beter kan", max_length=1000, blank=True)
    given_on = models.DateField("gegeven op")

    class Meta:
        ordering = ["-given_on", "pk"]
        verbose_name = "evaluatie"
        verbose_name_plural = "evaluaties"
        constraints = [
            models.CheckConstraint(
                condition=Q(grade=None) | Q(grade__range=(1, 10)), name="grade_is_from_one_to_ten"
            ),
        ]

    def __str__(self):
        return f"evaluatie {self.pk}"
