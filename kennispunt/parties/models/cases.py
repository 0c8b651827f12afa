"""Applying and deciding: what a person filled in, what was decided about it, with which facts."""

import hashlib
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.accounts.models import User
from kennispunt.elections.models import Area, ElectoralList
from kennispunt.files.models import StoredFile
from kennispunt.parties.models.party import Party, new_key
from kennispunt.parties.models.people import Mandate
from kennispunt.parties.models.person_links import about, done_by
from kennispunt.parties.periods import (
    ANSWER_WORKING_DAYS,
    OBJECTION_DAYS,
    PROOF_CODE_DAYS,
    working_days_after,
)
from kennispunt.ui.rows import SharedRow


class Asked(SharedRow):
    """A question of ours to the people whom the row is about, and the answer. While it is open,
    `asked_until` has a day.

    On an application: that person, alone. On a case: who manages the party, together.
    """

    question = models.TextField(
        "onze vraag", max_length=2000, blank=True, default="", db_default=""
    )
    answer = models.TextField("antwoord", max_length=5000, blank=True, default="", db_default="")
    asked_by = done_by()
    # By when we asked them to answer: `due` stays what we promised.
    asked_until = models.DateField("antwoord van hen uiterlijk", null=True, editable=False)

    class Meta:
        abstract = True


class ApplicationQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(state=Application.State.DRAFT)

    def of(self, person):
        return self.filter(person=person)

    def sent(self):
        return self.filter(state=Application.State.SENT)

    def open(self):
        """Not yet answered or taken back: drafts too."""
        return self.filter(state__in=[Application.State.DRAFT, Application.State.SENT])

    def asked(self):
        """An open question of ours may still be answered, also when the day for it went by."""
        return self.sent().exclude(asked_until=None)

    def asked_first(self):
        """The order in which one person reads what they sent: no question is overlooked."""
        asked = Application.objects.asked().filter(pk=OuterRef("pk"))
        return self.annotate(asked=Exists(asked)).order_by("-asked", "-sent_at")

    def with_them(self, on):
        """Nothing lies with us: we asked, and they have until this day or later."""
        return self.sent().filter(asked_until__gte=on)

    def with_us(self, on):
        """These lie with us: nothing was asked, or the day to answer went by."""
        return self.sent().filter(Q(asked_until=None) | Q(asked_until__lt=on))


class Application(Asked):
    """The form of one person who wants a party admitted and to speak for it.

    A draft belongs to the person alone: nobody of the staff sees it before it is sent. What we ask
    about it and what they answer is theirs too, also when another applied for the same party.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "nog niet verstuurd"
        SENT = "sent", "verstuurd"
        CLOSED = "closed", "afgehandeld"
        WITHDRAWN = "withdrawn", "ingetrokken"

    STANDS = {
        State.DRAFT: "Je aanmelding is intussen veranderd. Kijk hem na.",
        State.SENT: "Je aanmelding is al verstuurd.",
        State.CLOSED: "Je aanmelding is al afgehandeld.",
        State.WITHDRAWN: "Je aanmelding is al ingetrokken.",
    }

    class Kind(models.TextChoices):
        LIST = "list", "Onze lijst deed mee"
        REGISTERED = (
            "registered",
            "We doen voor het eerst mee, en onze naam of lijst is al ingeleverd",
        )
        FOUNDING = "founding", "We richten een partij op"
        OTHER = "other", "We deden mee, maar onze lijst staat er niet bij"

    class Cooperation(models.TextChoices):
        NONE = "none", "Nee, met geen enkele"
        JOINT = "joint", "Ja, we hebben samen een lijst"
        SUPPORT = "support", "Ja, we krijgen hulp, geld of scholing van een landelijke partij"
        FEDERATION = "federation", "Ja, met andere lokale of regionale partijen"
        OTHER = "other", "Ja, op een andere manier"

    class Proof(models.TextChoices):
        PUBLIC_MAIL = "public_mail", "Mail een code naar het openbare mailadres van de partij"
        PHONE = "phone", "Bel het openbare telefoonnummer van de partij"
        COUNCIL_MAIL = "council_mail", "Mail een code naar mijn adres van gemeente of provincie"
        COLLEAGUE = "colleague", "Vraag het een collega die jullie al kennen"
        CLERK = "clerk", "Vraag het de griffier"
        DOCUMENT = "document", "Ik stuur een bewijs mee"

    class HeardFrom(models.TextChoices):
        CLERK = "clerk", "Via de griffier"
        PARTY = "party", "Via een andere partij"
        SEARCH = "search", "Door te zoeken"
        PAPER = "paper", "Uit de krant"
        OTHER = "other", "Anders"

    person = about()
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="gebied"
    )
    kind = models.CharField("wat past", max_length=10, choices=Kind, blank=True)
    electoral_list = models.ForeignKey(
        ElectoralList, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="lijst"
    )
    party_name = models.CharField("naam van de partij", max_length=120, blank=True)
    role = models.CharField("rol", max_length=10, choices=Mandate.Role, blank=True)
    legal_form = models.CharField("rechtsvorm", max_length=10, choices=Party.LegalForm, blank=True)
    kvk_number = models.CharField("KVK-nummer", max_length=8, blank=True)
    no_national_seat = models.BooleanField("hoort niet bij een partij in de Kamer", null=True)
    cooperation = models.CharField("samenwerking", max_length=10, choices=Cooperation, blank=True)
    cooperation_with = models.CharField("met wie", max_length=300, blank=True)
    proof = models.CharField("hoe we het nagaan", max_length=12, choices=Proof, blank=True)
    proof_at = models.CharField("waar", max_length=200, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="stuk"
    )
    remark = models.TextField("nog iets", max_length=1000, blank=True)
    # Only ever counted, five or more: no free text, and nobody has to say.
    heard_from = models.CharField("hoe je ons vond", max_length=6, choices=HeardFrom, blank=True)
    # The answer to it; none when a colleague or the desk only answered about the person.
    decision = models.ForeignKey(
        "Decision", on_delete=models.PROTECT, null=True, editable=False, related_name="answered",
        verbose_name="besluit",
    )  # fmt: skip
    # What we promised after an answer of theirs; until then it follows from `sent_at`.
    due = models.DateField("antwoord uiterlijk", null=True, editable=False)
    is_not_known = models.BooleanField(
        "de collega’s kennen deze persoon niet", default=False, db_default=False, editable=False
    )
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="draft"), name="one_draft_per_person"
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(state="withdrawn")
                | Q(party__isnull=False, sent_at__isnull=False),
                name="sent_application_has_a_party",
            ),
        ]

    def __str__(self):
        return f"aanmelding {self.pk}"

    @property
    def list_name(self) -> str:
        """The name of the party, from the list it stood with or as typed."""
        return self.party_name or (self.electoral_list.title if self.electoral_list else "")

    @classmethod
    def draft_of(cls, person) -> "Application":
        """The draft of this person; not kept before something is filled in (actions.applying)."""
        drafts = cls.objects.of(person).drafts()
        return drafts.first() or cls(person=person, state=cls.State.DRAFT)

    def how_it_stands(self) -> str:
        """Say what became of it, to a page of before that is still open in another tab."""
        states = Application.objects.filter(pk=self.pk).values_list("state", flat=True)
        return self.STANDS[states.first() or self.State.WITHDRAWN]

    def answer_due(self) -> date:
        """The day by which we promised this person an answer: counted from what they sent, so that
        it does not tell who else waits; later only when they answered a question of ours.
        """
        due = working_days_after(localdate(self.sent_at), ANSWER_WORKING_DAYS)
        return max(due, self.due or due)


class ProofCodeQuerySet(models.QuerySet):
    def usable(self, at: datetime):
        """Codes that an application may still be proven with at this moment."""
        since = at - timedelta(days=PROOF_CODE_DAYS)
        return self.filter(used_at=None, tries__lt=ProofCode.MOST_TRIES, sent_at__gte=since)


class ProofCode(models.Model):
    """A code mailed to a public address of the party: who can pass it on is known there."""

    MOST_TRIES = 5

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="codes")
    address = models.EmailField("adres")
    # Only a hash: who reads the database cannot use the code.
    code_hash = models.CharField(max_length=64, editable=False)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = done_by()
    tries = models.PositiveSmallIntegerField("pogingen", default=0)
    used_at = models.DateTimeField("gebruikt op", null=True)

    objects = ProofCodeQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at"]
        verbose_name = "code op een openbaar adres"
        verbose_name_plural = "codes op een openbaar adres"
        constraints = [
            models.CheckConstraint(condition=Q(tries__lte=5), name="code_is_tried_five_times"),
        ]

    def __str__(self):
        return f"code {self.pk}"


class CaseQuerySet(models.QuerySet):
    def open(self):
        return self.exclude(state=Case.State.CLOSED)

    def open_or_new(self, party, **fields) -> "Case":
        """The one open case of this party, else a new one with these fields."""
        return self.open().get_or_create(party=party, defaults=fields)[0]

    def waiting(self, on: date):
        """Open cases that wait for the desk, also when our question stayed without an answer.

        Of more people who applied one is enough: what one was asked lets no other wait.
        """
        late = Q(state=Case.State.ASKED, until__lt=on)
        sent = Application.objects.filter(party=OuterRef("party"))
        asked = Exists(sent.with_them(on)) & ~Exists(sent.with_us(on))
        known = Mandate.objects.filter(party=OuterRef("party")).exclude(accepted_on=None)
        about_them = Q(kind=Case.Kind.APPLICATION) | ~Exists(known)  # Case.is_about_applicants
        with_day = self.annotate(until=Coalesce("asked_until", "due"))
        return with_day.filter(Q(state=Case.State.OPEN) | late).exclude(about_them & asked)

    def unchanged(self):
        """Cases after an election in which nothing changed: confirmed together."""
        after = self.filter(kind=Case.Kind.ELECTION, state=Case.State.OPEN)
        return after.filter(what_changed="")


class Case(Asked):
    """A question about a party that a person of the staff answers: one open case per party."""

    class Kind(models.TextChoices):
        APPLICATION = "application", "aanmelding"
        PERSON = "person", "wie spreekt"
        ELECTION = "election", "na de uitslag"
        KAMER = "kamer", "groep in de Kamer"
        FOUNDERS = "founders", "oprichters gaan over"
        REGISTER = "register", "het register veranderde"
        LINEAGE = "lineage", "na een fusie of splitsing"

    class State(models.TextChoices):
        OPEN = "open", "wacht op een besluit"
        ASKED = "asked", "wacht op antwoord"  # of who manages the party; applicants: with_them()
        SECOND = "second", "wacht op een tweede persoon"
        CLOSED = "closed", "klaar"

    class Outcome(models.TextChoices):
        ELIGIBLE = "eligible", "toelaten"
        NEW = "new", "toelaten als nieuwe partij"
        FOUNDING = "founding", "toelaten als partij in oprichting"
        DECLINE = "decline", "niet toelaten"

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField("soort", max_length=11, choices=Kind)
    state = models.CharField("staat", max_length=6, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField("sinds", default=timezone.now)
    due = models.DateField("antwoord uiterlijk")
    what_changed = models.CharField("wat er veranderde", max_length=300, blank=True)
    answered_by = done_by()
    # The choice of the first pair of eyes; the second makes it a decision or sends it back.
    first_outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    first_reason = models.TextField(max_length=2000, blank=True)
    first_until = models.DateField(null=True)
    first_people = models.JSONField(default=list)
    first_by = done_by()
    # Why the second sent it back to the first; the choice and the reason above stay.
    sent_back = models.TextField(
        "opmerking van de tweede", max_length=2000, blank=True, default="", db_default=""
    )
    sent_back_by = done_by()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["due", "opened_at"]
        verbose_name = "zaak"
        verbose_name_plural = "zaken"
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=~Q(state="closed"), name="one_open_case_per_party"
            ),
            models.CheckConstraint(
                condition=~Q(state="second") | ~Q(first_outcome=""),
                name="second_pair_of_eyes_sees_an_outcome",
            ),
        ]

    def __str__(self):
        return f"zaak {self.pk}"

    @property
    def answer_until(self):
        """By when they answer our question."""
        return self.asked_until or self.due

    @property
    def is_about_applicants(self) -> bool:
        """Whether it is about what people sent: also for a party that was in before, and ended."""
        return self.kind == self.Kind.APPLICATION or not self.party.has_people()

    def people(self) -> list[User]:
        """The people whom the case is about: applicants, or those who manage a party that we know.

        Somebody who asks to join a known party has no part in what we ask or decide about it.
        """
        if not self.is_about_applicants:
            return self.party.managers()
        applied = self.party.applications.sent().values("person")
        return list(User.objects.filter(pk__in=applied).order_by("pk"))

    @property
    def fingerprint(self) -> str:
        """A hash of the first decision as it was shown and of what people answered, so that nobody
        agrees with another one, or passes over an answer that came in meanwhile.
        """
        shown = (self.first_outcome, self.first_reason, self.first_until, self.first_people)
        answers = list(self.party.applications.sent().values_list("pk", "answer"))
        told = repr((self.pk, *shown, self.first_by_id, answers))
        return hashlib.sha256(told.encode()).hexdigest()


class Decision(SharedRow):
    """A decision about a party: by whom, with which facts and rules. Never changed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField("besluit", max_length=8, choices=Case.Outcome)
    until = models.DateField("tot en met", null=True)
    reason = models.TextField("reden", max_length=2000, blank=True)
    rules = models.CharField("versie van de regels", max_length=40, blank=True)
    facts = models.JSONField("feiten", default=dict)
    decided_at = models.DateTimeField("genomen op")
    decided_by = done_by()
    seconded_by = done_by()
    is_batch = models.BooleanField("in één keer bevestigd", default=False)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(seconded_by=None)
                | ~Q(decided_by=F("seconded_by")),
                name="two_pairs_of_eyes_are_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="decline") | ~Q(reason=""), name="a_no_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"besluit {self.pk}"

    @property
    def object_until(self) -> date:
        """The last day to object."""
        return localdate(self.decided_at) + timedelta(days=OBJECTION_DAYS)

    @property
    def was_overturned(self) -> bool:
        """Whether somebody objected to it and was right."""
        return self.objections.filter(is_right=True).exists()


class Objection(SharedRow):
    """Somebody does not agree with a decision: a person who did not take it answers.

    Who heard the same no objects for themselves, and has an answer of their own.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="objections")
    person = done_by()
    words = models.TextField("wat er volgens jou niet klopt", max_length=5000)
    made_at = models.DateTimeField("gemaakt op", default=timezone.now)
    due = models.DateField("antwoord uiterlijk")
    answered_at = models.DateTimeField("beantwoord op", null=True)
    answered_by = done_by()
    is_right = models.BooleanField("gelijk gekregen", null=True)
    reply = models.TextField("antwoord", max_length=2000, blank=True)

    class Meta:
        ordering = ["due", "pk"]
        verbose_name = "bezwaar"
        verbose_name_plural = "bezwaren"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "person"], name="one_objection_per_person_to_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, is_right=None)
                | Q(answered_at__isnull=False, is_right__isnull=False) & ~Q(reply=""),
                name="an_answer_to_an_objection_has_words",
            ),
        ]

    def __str__(self):
        return f"bezwaar {self.pk}"
