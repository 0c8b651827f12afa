"""A letter to many that two people look at: one writes it, another lets it go.

How it goes out is of mail/many.py, which lies below accounts and knows nobody: the two people are
of the office. An app makes a model of ReviewedLetter, says there what is its own, and has its pages
press the verbs below. Each gives back the letter, or raises ValidationError (that cannot be) or
TooLate (a colleague was first).
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from kennispunt.mail import many
from kennispunt.mail.models import LetterToMany
from kennispunt.ui.rows import SharedRow, TooLate, locked


class ReviewedLetterQuerySet(models.QuerySet):
    def waiting(self):
        """For a second reader."""
        return self.filter(approved_at=None, returned_at=None, withdrawn_at=None)

    def returned(self):
        """To the author, with a remark."""
        return self.exclude(returned_at=None).filter(withdrawn_at=None)

    def going(self):
        """Approved, and not wholly gone."""
        return self.filter(approved_at__isnull=False, sent_at=None, withdrawn_at=None)


class ReviewedLetter(SharedRow):
    """A letter to many: it waits for a second reader until it is approved, sent back with a remark,
    or withdrawn. The last to change it is `written_by`."""

    subject = models.CharField("onderwerp", max_length=100)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField("geschreven op", auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_at = models.DateTimeField("goedgekeurd op", null=True, editable=False)
    letter = models.ForeignKey(
        LetterToMany, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    # How many addresses it went to, from when it is sent or withdrawn (`went`).
    delivered = models.PositiveIntegerField("aantal", default=0, db_default=0, editable=False)
    sent_at = models.DateTimeField("helemaal verstuurd op", null=True, editable=False)
    remark = models.TextField("opmerking", max_length=1000, blank=True, db_default="")
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    returned_at = models.DateTimeField("teruggestuurd op", null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, editable=False)

    objects = ReviewedLetterQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-written_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")),
                name="%(class)s_is_approved_by_another",
                violation_error_message="Wie de brief schreef, keurt hem niet goed.",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(approved_at__isnull=False),
                name="%(class)s_is_approved_before_it_goes",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(approved_at=None) & ~Q(remark=""),
                name="%(class)s_comes_back_with_a_remark",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(sent_at=None),
                name="%(class)s_that_went_is_not_withdrawn",
            ),
        ]

    def __str__(self):
        return self.subject

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
            return "goedgekeurd, gaat nu weg"
        return "terug met een opmerking" if self.returned_at else "wacht op een tweede lezer"

    @property
    def fingerprint(self) -> str:
        """Of what somebody sees who reads this letter: another text is another one."""
        return hashlib.sha256(json.dumps(self.shown()).encode()).hexdigest()

    def went(self) -> int:
        """To how many addresses it went, or is in the hands of a worker."""
        if self.letter is None or self.sent_at or self.withdrawn_at:
            return self.delivered
        waits = Q(status="lapsed") | Q(status="waiting", claim="")
        return self.delivered + self.letter.mails.exclude(waits).count()

    # --- What an app says of its own letters ---

    WRITTEN: tuple[str, ...] = ("subject",)  # what the author decides
    TO_NOBODY = "Er is nu niemand om deze brief naar te sturen."

    def shown(self) -> list:
        """All that somebody sees who reads it."""
        raise NotImplementedError

    def receivers(self) -> int:
        """Count the people who would get it now."""
        raise NotImplementedError

    def readers(self) -> Iterable:
        """Return who may write these letters, and read what a colleague wrote."""
        raise NotImplementedError

    def settle(self, at: datetime) -> dict:
        """The fields to keep when it is approved. ValidationError when it may not go now."""
        return {}

    def unsettle(self) -> dict:
        """The fields to keep when it was approved and withdrawn before the first went."""
        return {}

    def as_letter(self) -> LetterToMany:
        """The letter as it goes, kept: many.write(…)."""
        raise NotImplementedError

    def next_receivers(self, number: int) -> list[many.Receiver]:
        """As many.fill asks."""
        raise NotImplementedError

    def tell(self, what: str, person) -> None:
        """Mail a colleague: "to_read", "approved", "sent_back" or "withdrawn"."""
        raise NotImplementedError


# --- What can happen -----------------------------------------------------------------------------

OF_A_READER = ("returned_by", "returned_at", "remark")


@transaction.atomic
def submit(letter: ReviewedLetter, *, by, seen: str | None = None) -> ReviewedLetter:
    """Keep a new letter, or what `by` made of it; and ask who else may, to read it.

    `seen`: the fingerprint of the text on the screen. The last to change it does not approve it.
    """
    if letter.pk:
        now = locked(letter)
        if not now.can_change:
            raise TooLate("Deze brief is al goedgekeurd of ingetrokken. Schrijf een nieuwe.")
        if seen is not None and seen != now.fingerprint:
            raise TooLate("Een collega veranderde deze brief intussen. Open hem opnieuw.")
    letter.written_by, letter.written_at = by, timezone.now()
    letter.returned_by = letter.returned_at = None
    letter.remark = ""
    fields = ("written_by", "written_at", *letter.WRITTEN, *OF_A_READER)
    letter.save(update_fields=fields if letter.pk else None)
    for reader in letter.readers():
        if reader != by:
            letter.tell("to_read", reader)
    return letter


@transaction.atomic
def approve(letter: ReviewedLetter, *, by, at: datetime, seen: str | None = None) -> ReviewedLetter:
    """Let a letter go to everyone, as it was shown. Never by its writer, never to nobody."""
    # All of them: what an app counts (two a year) holds for two that are approved at once.
    list(type(letter).objects.select_for_update().order_by("pk").values_list("pk"))
    letter = locked(letter)
    if by == letter.written_by:
        raise ValidationError("Wie de brief schreef, keurt hem niet goed. Vraag een collega.")
    _must_wait(letter)
    if seen is not None and seen != letter.fingerprint:
        raise TooLate("De brief is intussen veranderd. Lees hem opnieuw.")
    if not letter.receivers():
        raise ValidationError(letter.TO_NOBODY)
    letter.keep(approved_by=by, approved_at=at, **letter.settle(at))
    _tell_author(letter, "approved", by)
    return letter


@transaction.atomic
def send_back(letter: ReviewedLetter, *, by, at: datetime, remark: str) -> ReviewedLetter:
    """Send it back: the author reads why, and asks again."""
    letter, remark = locked(letter), remark.strip()
    if by == letter.written_by:
        raise ValidationError("Dit is je eigen brief. Verander hem zelf.")
    _must_wait(letter)
    if not remark:
        raise ValidationError("Schrijf erbij wat er anders moet.")
    letter.keep(returned_by=by, returned_at=at, remark=remark)
    _tell_author(letter, "sent_back", by)
    return letter


@transaction.atomic
def withdraw(letter: ReviewedLetter, *, by, at: datetime) -> ReviewedLetter:
    """Take it back: it goes no further. Before the first went it was never approved."""
    letter = locked(letter)
    if letter.withdrawn_at:
        raise TooLate("Deze brief was al ingetrokken.")
    if letter.sent_at:
        raise TooLate("Deze brief is al verstuurd.")
    if letter.letter:
        many.stop(letter.letter, at=at)
    fields = {"withdrawn_by": by, "withdrawn_at": at, "delivered": letter.went()}
    if not fields["delivered"]:
        fields |= {"approved_by": None, "approved_at": None, **letter.unsettle()}
    letter.keep(**fields)
    _tell_author(letter, "withdrawn", by)
    return letter


def deliver(letter: ReviewedLetter, *, at: datetime) -> int:
    """Give every receiver of an approved letter a row in the outbox. Returns how many are new.

    For the clock: may be killed and started again, and by two at once. It is sent when the last
    of them is.
    """
    with transaction.atomic():
        letter = locked(letter)
        if not type(letter).objects.going().filter(pk=letter.pk).exists():
            return 0
        if letter.letter is None:
            letter.keep(letter=letter.as_letter())
    count = many.fill(letter.letter, letter.next_receivers, at=at)
    with transaction.atomic():
        letter = locked(letter)
        done = letter.letter and letter.letter.closed_at and not letter.letter.mails.open().exists()
        if done and not letter.withdrawn_at:
            letter.keep(delivered=letter.went(), sent_at=at)
    return count


def _must_wait(letter):
    if letter.withdrawn_at:
        raise TooLate("Deze brief is ingetrokken.")
    if letter.approved_at:
        raise TooLate("Deze brief was al goedgekeurd.")
    if letter.returned_at:
        raise TooLate("Deze brief is teruggestuurd. Eerst past de schrijver hem aan.")


def _tell_author(letter, what, by):
    author = letter.written_by
    if author and author != by and author.is_active:
        letter.tell(what, author)
