"""The people who speak for a party. This is political data: nothing of a person leads here."""

import hashlib
from datetime import date

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property

from kennispunt.elections.models import Area
from kennispunt.files.models import StoredFile
from kennispunt.parties.models.party import Party
from kennispunt.parties.models.person_links import about, done_by
from kennispunt.ui.rows import SharedRow


class MandateQuerySet(models.QuerySet):
    def open(self):
        """Not ended: also those that nobody has decided about yet, which are provisional."""
        return self.filter(ended_on=None)

    def accepted(self):
        """Open, and somebody said yes to this person."""
        return self.open().exclude(accepted_on=None)

    def managing(self):
        """Accepted, and may invite and remove colleagues."""
        return self.accepted().filter(may_manage=True)

    def waiting(self):
        """Open, not accepted, of a party that is known already: a colleague or the desk decides."""
        return self.open().filter(accepted_on=None).exclude(party__status=Party.Status.APPLIED)

    def of(self, person):
        return self.filter(person=person)

    def seen_by(self, person):
        """Mandates that this person sees and acts for, the one rule for all views: their own, and
        those of colleagues once both were accepted. An applicant may be a stranger to an earlier.
        """
        accepted = Mandate.objects.of(person).accepted().values("party")
        colleagues = Q(party__in=accepted, accepted_on__isnull=False)
        return self.open().filter(Q(person=person) | colleagues)

    def with_code(self):
        """`has_code`: a code mailed to the public address of the party came back from them."""
        known = Evidence.objects.filter(
            party=OuterRef("party"), person=OuterRef("person"), kind=Evidence.Kind.PUBLIC_MAIL
        )
        return self.annotate(has_code=Exists(known))


class Mandate(SharedRow):
    """A person speaks for a party, in a role and with rights, until it ends.

    The mandate is kept, not a membership: whether somebody is a member is not our business.
    Not accepted yet: the person applied and waits, with a provisional mandate. It is the same for
    a party that we know and for one that is new, so that nobody finds out by applying which it is.
    """

    class Role(models.TextChoices):
        CHAIR = "chair", "voorzitter"
        SECRETARY = "secretary", "secretaris"
        TREASURER = "treasurer", "penningmeester"
        BOARD = "board", "bestuurslid"
        COUNCILLOR = "councillor", "raadslid, Statenlid of lid van het waterschap"
        ALDERMAN = "alderman", "wethouder of gedeputeerde"
        ASSISTANT = "assistant", "medewerker van de fractie"
        VOLUNTEER = "volunteer", "vrijwilliger"
        FOUNDER = "founder", "oprichter"

    person = about()
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="mandates", verbose_name="partij"
    )
    role = models.CharField("rol", max_length=10, choices=Role)
    began_on = models.DateField("sinds")
    accepted_on = models.DateField("aanvaard op", null=True, blank=True)
    confirmed_on = models.DateField("laatst bevestigd op", null=True, blank=True)
    # When we mailed the question of after an election: once for each.
    asked_on = models.DateField("gevraagd te bevestigen op", null=True, blank=True, editable=False)
    ended_on = models.DateField("geëindigd op", null=True, blank=True)
    may_vote = models.BooleanField("mag stemmen voor de partij", default=False)
    may_book = models.BooleanField("mag plaatsen bij trainingen nemen", default=True)
    may_manage = models.BooleanField("mag collega’s uitnodigen en verwijderen", default=False)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["party__name", "began_on", "pk"]
        verbose_name = "mandaat"
        verbose_name_plural = "mandaten"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "party"],
                condition=Q(ended_on=None),
                name="person_speaks_for_a_party_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")),
                name="mandate_ends_after_it_began",
            ),
        ]

    def __str__(self):
        # Without a name: a mandate may stand in a log or an error.
        return f"mandaat {self.pk}"

    @property
    def who(self) -> str:
        """The person as colleagues read it: who gave no name is told apart by the role."""
        return self.person.name or f"{self.person} ({self.get_role_display()})"

    def status_on(self, on: date) -> Party.Status:
        """Return the status for this person: that of the party, once they were accepted."""
        if self.ended_on:
            return Party.Status.NONE
        return self.party.status_on(on) if self.accepted_on else Party.Status.APPLIED

    def is_last_manager(self) -> bool:
        """As it stands in the database: a form may have changed the mandate in hand already."""
        return list(self.party.mandates.managing().values_list("pk", flat=True)) == [self.pk]

    @cached_property
    def application(self):
        """The last that this person sent about this party, until they were accepted; else None."""
        if self.accepted_on:
            return None
        mine = self.party.applications.filter(person=self.person_id, sent_at__isnull=False)
        return mine.select_related("area", "electoral_list").last()

    @property
    def party_name(self) -> str:
        """The name of the party; until this person was accepted, as they wrote it themselves."""
        return self.application.list_name if self.application else self.party.name

    @property
    def areas(self) -> list[Area]:
        """The areas of the party; until this person was accepted, the area that they named."""
        return [self.application.area] if self.application else list(self.party.areas.all())


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Not answered and not taken back; perhaps expired."""
        return self.filter(answered_at=None)

    def with_token(self, token: str):
        """The invitation of a link, as long as it was not refused or taken back."""
        return self.exclude(email="").filter(token_hash=Invitation.hash_of(token))

    def end(self) -> int:
        """Refused or taken back: the address is gone at once, only that one was sent stays."""
        return self.open().update(answered_at=timezone.now(), accepted=False, email="")


class Invitation(SharedRow):
    """A colleague is asked to speak for the party too. Works once, for one address, for a while."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("mailadres")
    role = models.CharField("rol", max_length=10, choices=Mandate.Role)
    may_vote = models.BooleanField("mag stemmen voor de partij", default=False)
    may_book = models.BooleanField("mag plaatsen bij trainingen nemen", default=True)
    may_manage = models.BooleanField("mag collega’s uitnodigen en verwijderen", default=False)
    invited_by = about()
    # Only a hash: who reads the database cannot use the link.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField()
    expires_on = models.DateField("werkt tot en met")
    answered_at = models.DateTimeField("beantwoord op", null=True)
    accepted = models.BooleanField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        constraints = [
            models.UniqueConstraint(
                fields=["party", "email"],
                condition=Q(answered_at=None),
                name="colleague_is_invited_once_at_a_time",
            ),
        ]

    def __str__(self):
        return f"uitnodiging {self.pk}"

    @staticmethod
    def hash_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    def is_for(self, user) -> bool:
        """A forwarded link does nothing for another: only the reader of that address is meant."""
        shown = EmailAddress.objects.filter(user=user, verified=True, email__iexact=self.email)
        return user.email == self.email or shown.exists()


class Evidence(models.Model):
    """A reason to believe that a party or a person is what they say: found where, when, by whom."""

    class Kind(models.TextChoices):
        RESULT = "result", "naam staat in de uitslag"
        REGISTRATION = "registration", "naam staat in het register van het centraal stembureau"
        KVK = "kvk", "ingeschreven bij de KVK"
        PUBLIC_MAIL = "public_mail", "code gemaild naar het openbare adres"
        COUNCIL_MAIL = "council_mail", "code gemaild naar een adres van gemeente of provincie"
        PHONE = "phone", "gebeld op het openbare nummer"
        COLLEAGUE = "colleague", "bevestigd door een collega"
        CLERK = "clerk", "bevestigd door de griffier"
        DOCUMENT = "document", "stuk gezien"

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="evidence")
    person = about(null=True)
    kind = models.CharField("soort bewijs", max_length=12, choices=Kind)
    source = models.CharField("bron", max_length=300)
    found_on = models.DateField("gezien op")
    expires_on = models.DateField("geldig tot en met")
    checked_by = done_by()
    # Gone when the term to object has passed; that something was seen stays.
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["found_on", "pk"]
        verbose_name = "bewijs"
        verbose_name_plural = "bewijzen"
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("found_on")),
                name="evidence_expires_after_it_was_found",
            ),
        ]

    def __str__(self):
        return f"bewijs {self.pk}"

    @property
    def must_be_checked(self) -> bool:
        """Somebody says so and sent it along: nobody of the staff looked yet."""
        return self.kind in (self.Kind.DOCUMENT, self.Kind.REGISTRATION) and not self.checked_by_id


class Consent(models.Model):
    """A person said yes to our keeping that they speak for a party, to which words, and when."""

    person = about()
    words = models.TextField("waarmee")
    given_at = models.DateTimeField("gegeven op")
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True)

    class Meta:
        ordering = ["given_at"]
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"

    def __str__(self):
        return f"toestemming {self.pk}"
