"""What mail keeps: the outbox, and which mails an address does not want."""

import secrets
from datetime import timedelta
from email import message_from_bytes
from email.policy import default as email_policy

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from kennispunt.mail.incoming import IncomingMail, Mailbox, RawMail  # noqa: F401 - here Django finds them
from kennispunt.ui.ahead import impossible

LONGEST = timedelta(days=3)  # no mail waits longer for its next attempt


class OutgoingMailQuerySet(models.QuerySet):
    def open(self):
        """Not sent yet, and not given up."""
        return self.filter(status__in=OutgoingMail.OPEN)

    def left_lying(self, since):
        """Open, should have gone at this moment, and nobody even tried."""
        return self.open().filter(attempts=0, due_at__lte=since)

    def due(self, now):
        """Free to be claimed by whoever sends it, the urgent ones first."""
        at_last = Q(due_at__lte=now) | impossible("due_at", now, longest=LONGEST)
        written_ahead = impossible("created_at", now) & Q(attempts=0)
        waiting = self.filter(status=OutgoingMail.Status.WAITING, claim="")
        waiting = waiting.filter(at_last | written_ahead)
        return waiting.order_by(F("urgent").desc(), "due_at", "pk")


class OutgoingMail(models.Model):
    """One message to one address: waiting, on its way, sent, or given up. Never sent from anywhere
    else.

    An address and a purpose; no link to a person. The message is made when it is written and is
    the same at every attempt. Its content is wiped on time (retention.py), the row says longer
    that something was sent.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "wacht"
        SENDING = "sending", "onderweg"
        SENT = "sent", "verstuurd"
        FAILED = "failed", "mislukt"
        LAPSED = "lapsed", "vervallen"  # too late to be of use: a code, or thrown away by staff
        # The server broke off when it had it, and did so again: a person decides.
        PERHAPS = "perhaps", "misschien aangekomen"

    class Held(models.TextChoices):
        """Refused together with all others (refusals.py): that says nothing about the address."""

        SERVER = "server", "de mailserver weigert alles"
        KIND = "kind", "de mailserver weigert deze soort mail"
        FREED = "freed", "ging weer op weg"  # and the next refusal is about this one

    Held.OURS = (Held.SERVER, Held.KIND)
    OPEN = (Status.WAITING, Status.SENDING)

    to = models.EmailField("aan", max_length=254, db_index=True)
    purpose = models.CharField("doel", max_length=60)
    subject = models.CharField("onderwerp", max_length=200, blank=True)
    message = models.BinaryField("bericht", null=True)
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    created_at = models.DateTimeField("gemaakt", auto_now_add=True)
    urgent = models.BooleanField("dringend", default=False)
    expires_at = models.DateTimeField("heeft zin tot", null=True)

    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    due_at = models.DateTimeField("volgende poging")
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    claim = models.CharField("geclaimd door", max_length=32, blank=True)
    claimed_at = models.DateTimeField("geclaimd om", null=True)
    perhaps_sent = models.BooleanField("misschien al verstuurd", default=False)
    # How often it was handed over without an answer: so many copies may have arrived.
    copies = models.PositiveSmallIntegerField("misschien aangekomen", default=0, db_default=0)
    held = models.CharField("geweigerd", max_length=6, choices=Held, blank=True, db_default="")
    last_error = models.CharField("laatste fout", max_length=500, blank=True)
    ended_at = models.DateTimeField("klaar", null=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "uitgaande mail"
        verbose_name_plural = "uitgaande mails"
        indexes = [
            models.Index(fields=["status", "due_at"], name="mail_out_due"),
            models.Index(
                fields=["ended_at"], condition=Q(message__isnull=False), name="mail_out_to_wipe"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "sending"], ended_at=None)
                | Q(status__in=["sent", "failed", "lapsed", "perhaps"], ended_at__isnull=False),
                name="mail_has_ended_or_is_open",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["waiting", "sending"]) | Q(message__isnull=False),
                name="open_mail_has_a_message",
            ),
            models.CheckConstraint(
                condition=~Q(status="sending") | ~Q(claim=""), name="mail_on_its_way_is_claimed"
            ),
        ]

    def __str__(self):
        return f"{self.get_status_display()}: {self.purpose}"

    @property
    def parsed(self):
        """The message with its parts, or None when it is wiped."""
        return self.message and message_from_bytes(bytes(self.message), policy=email_policy)

    @property
    def text(self) -> str:
        """The plain-text twin; "" when wiped."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """The HTML twin; "" when wiped."""
        return self._body("html")

    def _body(self, kind):
        part = self.parsed and self.parsed.get_body((kind,))
        return part.get_content().replace("\r\n", "\n") if part else ""


def new_code() -> str:
    return secrets.token_urlsafe(24)


class MailChoice(models.Model):
    """Whether an address wants an optional kind of mail. The code is the key to the page that
    stops it without signing in."""

    address = models.EmailField("mailadres", max_length=254)
    kind = models.CharField("soort", max_length=60)
    wanted = models.BooleanField("gewenst")
    code = models.CharField(max_length=40, unique=True, default=new_code)
    changed_at = models.DateTimeField("veranderd", auto_now=True)

    class Meta:
        verbose_name = "keuze voor mail"
        verbose_name_plural = "keuzes voor mail"
        constraints = [
            models.UniqueConstraint(fields=["address", "kind"], name="one_choice_per_kind"),
            models.CheckConstraint(
                condition=Q(address=Lower("address")), name="choice_address_in_lower_case"
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {'ja' if self.wanted else 'nee'}"
