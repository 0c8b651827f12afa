"""Outgoing mail: the outbox, letters to many, and the mails that an address does not want."""

import re
import secrets
from datetime import timedelta
from email import message_from_bytes
from email.policy import default as email_policy

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.html import escape

from kennispunt.mail.letter import Letter
from kennispunt.mail.message import build, headers
from kennispunt.ui.ahead import impossible
from kennispunt.ui.rows import SharedRow

LONGEST = timedelta(days=3)  # no mail waits longer for its next attempt


def new_word() -> str:
    """Make a word for a letter where each address gets its own words: nobody types it."""
    return f"q{secrets.token_hex(6)}"


class LetterToMany(SharedRow):
    """One letter that goes to many addresses, kept once; of each address there is a small row.

    It is written by many.py, and settled from then on. What differs for each address stands in it
    as a word of its own (`blank`), filled in when it goes.
    """

    purpose = models.CharField("doel", max_length=60)
    subject = models.CharField("onderwerp", max_length=200)
    text = models.TextField("tekst")
    html = models.TextField("opgemaakt")
    word = models.CharField(max_length=20, default=new_word)
    written_at = models.DateTimeField("geschreven", auto_now_add=True)
    # The receivers have a row up to this number of their own; all of them when it is closed.
    reached = models.PositiveBigIntegerField("gevorderd tot", default=0)
    count = models.PositiveIntegerField("aantal adressen", default=0)
    closed_at = models.DateTimeField("alle adressen bekend", null=True)
    stopped_at = models.DateTimeField("gestopt", null=True)
    rests_until = models.DateTimeField("rust tot", null=True)  # the mail server refuses it

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = "brief aan velen"
        verbose_name_plural = "brieven aan velen"

    def __str__(self):
        return f"{self.purpose} {self.pk}"

    def blank(self, name: str) -> str:
        """Return what to write in the letter where each address gets its own words of this name."""
        return f"{self.word}{name}0"

    @property
    def blanks(self) -> set[str]:
        """The names of what differs."""
        return set(re.findall(rf"{self.word}([a-z]+)0", self.text))

    def filled(self, values: dict[str, str]) -> Letter:
        """The letter of one address. An empty word takes the space before it along.

        Behind a slash it is the path of a page of ours.
        """

        def one(match):
            before, value = match[1], " ".join(values[match[2]].split())
            if before == "/":
                return f"/{value.removeprefix('/')}"
            return before + value if value else ""

        words = re.compile(rf"([ /]?){self.word}([a-z]+)0")
        text = words.sub(one, self.text)
        values = {name: escape(value) for name, value in values.items()}
        return Letter(self.subject, text, words.sub(one, self.html))


class OutgoingMailQuerySet(models.QuerySet):
    def open(self):
        """Not sent yet, and not given up."""
        return self.filter(status__in=OutgoingMail.OPEN)

    def left_lying(self, since):
        """Open, should have gone at this moment, and nobody even tried."""
        return self.open().filter(attempts=0, due_at__lte=since, letter=None)

    def with_content(self):
        """Not wiped: these can go again."""
        return self.filter(Q(message__isnull=False) | Q(blanks__isnull=False))

    def due(self, now):
        """The ones that a sender may claim, the urgent ones first. No letters to many."""
        return self.ready(now).filter(letter=None).order_by(F("urgent").desc(), "due_at", "pk")

    def ready(self, now):
        """Free to be claimed, in any order."""
        at_last = Q(due_at__lte=now) | impossible("due_at", now, longest=LONGEST)
        written_ahead = impossible("created_at", now) & Q(attempts=0)
        waiting = self.filter(status=OutgoingMail.Status.WAITING, claim="")
        return waiting.filter(at_last | written_ahead)


class OutgoingMail(models.Model):
    """One message to one address: waiting, on its way, sent, or given up. Never sent from anywhere
    else.

    An address and a purpose; no link to a person. The message is made when it is written and is
    the same at every attempt; or it is a letter to many, with what differs for this address. Its
    content is wiped on time (retention.py), the row says longer that something was sent.
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

    to = models.EmailField("aan", max_length=254)
    purpose = models.CharField("doel", max_length=60)
    subject = models.CharField("onderwerp", max_length=200, blank=True)
    message = models.BinaryField("bericht", null=True)
    letter = models.ForeignKey(
        LetterToMany, on_delete=models.PROTECT, null=True, db_index=False, related_name="mails",
        verbose_name="brief aan velen",
    )  # fmt: skip
    receiver = models.PositiveBigIntegerField("ontvanger", null=True)  # a number of the sender's
    blanks = models.JSONField("wat er in de brief verschilt", null=True)
    message_id = models.CharField("Message-ID", max_length=200)
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

    wagtail_reference_index_ignore = True  # else Wagtail has a task for each mail

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "uitgaande mail"
        verbose_name_plural = "uitgaande mails"
        indexes = [
            # In the order in which a worker takes them, also of a letter to a million.
            models.Index(
                fields=["status", "claim", "letter", "due_at", "id"], name="mail_out_to_claim"
            ),
            models.Index(fields=["to"], name="mail_out_to"),
            models.Index(fields=["ended_at"], name="mail_out_ended"),
            models.Index(fields=["held"], condition=~Q(held=""), name="mail_out_held"),
            models.Index(
                fields=["expires_at"],
                condition=Q(expires_at__isnull=False),
                name="mail_out_expires",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "sending"], ended_at=None)
                | Q(status__in=["sent", "failed", "lapsed", "perhaps"], ended_at__isnull=False),
                name="mail_has_ended_or_is_open",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["waiting", "sending"])
                | Q(message__isnull=False)
                | Q(blanks__isnull=False),
                name="open_mail_has_content",
            ),
            models.CheckConstraint(
                condition=Q(letter=None, receiver=None, blanks=None)
                | Q(letter__isnull=False, receiver__isnull=False, message=None),
                name="mail_is_of_a_letter_or_has_a_message",
            ),
            models.UniqueConstraint(fields=["message_id"], name="mail_has_its_own_name"),
            models.UniqueConstraint(
                fields=["letter", "receiver"],
                condition=Q(letter__isnull=False),
                name="one_letter_for_each_receiver",
            ),
            models.CheckConstraint(
                condition=~Q(status="sending") | ~Q(claim=""), name="mail_on_its_way_is_claimed"
            ),
        ]

    def __str__(self):
        return f"{self.get_status_display()}: {self.purpose}"

    @property
    def about(self) -> str:
        """The subject, also of a letter to many; "" when wiped."""
        return self.letter.subject if self.letter_id and self.blanks is not None else self.subject

    @property
    def content(self) -> bytes | None:
        """The message as it goes over the line, without a mark; None when it is wiped."""
        if self.letter_id is None or self.blanks is None:
            return self.message and bytes(self.message)
        stop = self.blanks.get("unsubscribe", "")
        return build(
            self.letter.filled(self.blanks),
            headers(self.to, self.message_id, unsubscribe=stop and settings.SITE_URL + stop),
        )

    @property
    def parsed(self):
        """The message with its parts, or None when it is wiped."""
        content = self.content
        return content and message_from_bytes(content, policy=email_policy)

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
