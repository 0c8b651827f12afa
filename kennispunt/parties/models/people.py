"""Who speaks for a party. This is political data: nothing of a person leads here."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kennispunt.parties.models.party import Party


class MandateQuerySet(models.QuerySet):
    def open(self):
        """Not ended: also those that nobody has decided about yet."""
        return self.filter(ended_on=None)

    def in_force(self):
        """Who speaks now: accepted; or applied together with a party that is not decided yet."""
        return self.open().filter(~Q(accepted_on=None) | Q(party__status=Party.Status.APPLIED))

    def waiting(self):
        """Open, not accepted, of a party that is known already: a colleague or the desk decides."""
        return self.open().filter(accepted_on=None).exclude(party__status=Party.Status.APPLIED)

    def of(self, person):
        return self.filter(person=person)


class Mandate(models.Model):
    """A person speaks for a party, in a role and with rights, until it ends.

    The mandate is kept, not a membership: whether somebody is a member is not our business.
    Not accepted yet: the person applied, or asked to join, and waits.
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

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="mandates", verbose_name="partij"
    )
    role = models.CharField("rol", max_length=10, choices=Role)
    began_on = models.DateField("sinds")
    accepted_on = models.DateField("aanvaard op", null=True, blank=True)
    confirmed_on = models.DateField("laatst bevestigd op", null=True, blank=True)
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

    def is_in_force(self) -> bool:
        waits = self.accepted_on is None and self.party.status != Party.Status.APPLIED
        return self.ended_on is None and not waits

    def status_on(self, on: date) -> Party.Status:
        """What this person may do follows from the status of the party, once accepted."""
        return self.party.status_on(on) if self.is_in_force() else Party.Status.NONE
