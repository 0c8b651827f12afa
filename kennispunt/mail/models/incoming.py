"""Incoming mail: kept whole before anything is done with it."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from kennispunt.ui.ahead import impossible

LONGEST = timedelta(hours=1)  # no message waits longer for its next attempt (intake.py)


class IncomingMailQuerySet(models.QuerySet):
    def due(self, now):
        """Kept, and free to be handled."""
        at_last = Q(due_at__lte=now) | impossible("due_at", now, longest=LONGEST)
        kept = self.filter(at_last, status=IncomingMail.Status.KEPT)
        return kept.order_by("due_at")

    def waiting(self):
        """For a person to read."""
        return self.filter(status=IncomingMail.Status.WAITING)

    def open(self):
        return self.filter(status__in=IncomingMail.OPEN)

    def about(self, purpose: str, start: str):
        """The ones about this that are not read yet: what they answer does not lapse meanwhile."""
        return self.open().filter(purpose=purpose, key__startswith=start)


class IncomingMail(models.Model):
    """One message from outside, however often it arrived: kept, and then handled once.

    Claimed by UPDATE of its status, in the transaction of the handler. An address, no link to a
    person. Thirty days after it was handled only the row is left, without sender and subject.
    """

    class Status(models.TextChoices):
        KEPT = "kept", "komt zo aan de beurt"
        WAITING = "waiting", "wacht op ons"
        HANDLED = "handled", "verwerkt"
        AUTOMATIC = "automatic", "van een programma"
        RETURNED = "returned", "teruggekomen"
        DONE = "done", "afgehandeld"

    OPEN = (Status.KEPT, Status.WAITING)

    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    message_id = models.CharField("Message-ID", max_length=250, blank=True, db_index=True)
    sender = models.CharField("van", max_length=254, blank=True, db_index=True)
    subject = models.CharField("onderwerp", max_length=500, blank=True)
    via = models.CharField("langs", max_length=20)
    received_at = models.DateTimeField("binnengekomen", db_index=True)
    status = models.CharField("stand", max_length=9, choices=Status, default=Status.KEPT)
    reason = models.CharField("waarom", max_length=200, blank=True)
    purpose = models.CharField("doel", max_length=60, blank=True)
    key = models.CharField("sleutel", max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    due_at = models.DateTimeField("volgende poging")
    handled_at = models.DateTimeField("klaar", null=True)

    objects = IncomingMailQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = "binnengekomen mail"
        verbose_name_plural = "binnengekomen mails"
        indexes = [models.Index(fields=["status", "due_at"], name="mail_in_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["kept", "waiting"], handled_at=None)
                | Q(
                    status__in=["handled", "automatic", "returned", "done"],
                    handled_at__isnull=False,
                ),
                name="incoming_mail_is_open_or_has_ended",
            ),
            models.CheckConstraint(
                condition=~Q(status="handled") | ~Q(purpose=""),
                name="handled_mail_has_a_purpose",
            ),
        ]

    def __str__(self):
        return self.subject or "zonder onderwerp"

    @property
    def answer_subject(self) -> str:
        """The subject of an answer: "Re: Vraag", also when theirs was an answer itself."""
        again = self.subject if self.subject.lower().startswith("re:") else f"Re: {self.subject}"
        return again.removesuffix(": ")


class RawMail(models.Model):
    """A message as it came, byte for byte; apart, so that a list does not read it."""

    mail = models.OneToOneField(IncomingMail, models.CASCADE, related_name="raw", primary_key=True)
    content = models.BinaryField("bericht")

    class Meta:
        verbose_name = "bericht zoals het kwam"
        verbose_name_plural = "berichten zoals ze kwamen"

    def __str__(self):
        return f"bericht {self.pk}"


class Mailbox(models.Model):
    """The mailbox that we empty by IMAP: when it last answered, and since when it does not."""

    name = models.CharField("naam", max_length=200, unique=True)
    answered_at = models.DateTimeField("antwoordde", null=True)
    failing_since = models.DateTimeField("faalt sinds", null=True)
    last_error = models.CharField("laatste fout", max_length=200, blank=True)

    class Meta:
        verbose_name = "mailbox"
        verbose_name_plural = "mailboxen"

    def __str__(self):
        return self.name
