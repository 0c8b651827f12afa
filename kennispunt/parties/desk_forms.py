"""The forms of the desk."""

from datetime import date

from django import forms
from django.utils.timezone import localdate

from kennispunt.elections.area_elections import KINDS_OF
from kennispunt.elections.calendar import next_election
from kennispunt.parties import consequences
from kennispunt.parties.models import Application, Case, Evidence
from kennispunt.parties.periods import AFTER_RESULT_MONTHS, months_after
from kennispunt.ui.fields import DayField

Outcome = Case.Outcome
Kind = Application.Kind

PROPOSED = {
    Kind.LIST: Outcome.ELIGIBLE,
    Kind.OTHER: Outcome.ELIGIBLE,
    Kind.REGISTERED: Outcome.NEW,
    Kind.FOUNDING: Outcome.FOUNDING,
}
TERMS = [Outcome.NEW, Outcome.FOUNDING]


def proposed_outcome(case) -> str:
    """The status that fits what was asked."""
    told = case.party.applications.sent().order_by("sent_at").first()
    if told:
        return PROPOSED.get(told.kind, "")
    return Outcome.NEW if case.kind == Case.Kind.FOUNDERS else Outcome.ELIGIBLE


def first_choice(case, waiting, proposal) -> dict:
    """Tick what the first pair of eyes chose; else what fits, but nothing and nobody where a person
    has to look. Applicants of a party that we know are never ticked: anyone may say that they
    speak for another."""
    if case.first_outcome:
        return {
            "outcome": case.first_outcome,
            "until": case.first_until,
            "people": [str(pk) for pk in case.first_people],
            "reason": case.first_reason,
        }
    unchecked = any(one.must_be_checked for one in case.party.evidence.all())
    if proposal.outcome != "maybe" or unchecked:
        return {"outcome": "", "people": []}
    alone = len(waiting) == 1 and not case.party.has_people()
    people = [str(waiting[0].pk)] if alone else []
    return {"outcome": proposed_outcome(case), "people": people}


def until_of(outcome: str, party) -> date | None:
    """Return how long it lasts by itself: founders until the last day to register a name, a new
    party until half a year after its first result, an eligible party until it is decided anew.
    """
    area = party.areas.first()
    if outcome not in TERMS or area is None:
        return None
    coming = [next_election(code, localdate()) for code in KINDS_OF[area.kind]]
    election = min((one for one in coming if one), key=lambda one: one.voting)
    if outcome == Outcome.FOUNDING:
        return max(election.day("registratie").date, localdate())
    return months_after(election.day("uitslag").date, AFTER_RESULT_MONTHS)


class OutcomeForm(forms.Form):
    """A status and how long it lasts. The day is counted from the calendar, and may be changed."""

    until = DayField(
        label="Tot en met", required=False,
        help_text="Leeg: we rekenen de dag uit. Oprichters: de laatste dag om een naam te "
        "registreren. Nieuwe partijen: een half jaar na de uitslag.",
    )  # fmt: skip

    def until_for(self, outcome, party):
        if outcome not in TERMS:
            return None
        return self.cleaned_data["until"] or until_of(outcome, party)

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until < localdate():
            raise forms.ValidationError("Kies een dag die nog komt.")
        return until


class DecisionForm(OutcomeForm):
    outcome = forms.ChoiceField(
        label="Wat besluit je?",
        choices=[(value, label.capitalize()) for value, label in Outcome.choices],
        widget=forms.RadioSelect,
    )
    people = forms.MultipleChoiceField(
        label="Wie mag voor de partij spreken?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="De eerste die je aankruist beheert de collega’s, als niemand dat nog doet.",
    )
    reason = forms.CharField(
        label="Reden", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Alleen bij niet toelaten. De partij leest dit. Noem het feit.",
    )  # fmt: skip
    field_order = ["outcome", "people", "until", "reason"]
    may_be_asked = ("people", "reason")
    no = None  # what it does, once it has to be confirmed

    def __init__(self, *args, case, waiting, proposal, **options):
        self.case = case
        super().__init__(*args, initial=first_choice(case, waiting, proposal), **options)
        self.fields["people"].choices = [
            (str(one.pk), f"{one.person} ({one.get_role_display()})") for one in waiting
        ]
        if not waiting:
            del self.fields["people"]

    def clean(self):
        cleaned = super().clean()
        outcome = cleaned.get("outcome")
        if outcome == Outcome.DECLINE and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Schrijf waarom. De partij krijgt deze tekst.")
        nobody = "people" in self.fields and not cleaned.get("people")
        has_people = self.case.party.mandates.open().exclude(accepted_on=None).exists()
        if outcome and outcome != Outcome.DECLINE and nobody and not has_people:
            self.add_error("people", "Kruis aan wie voor de partij mag spreken.")
        if outcome == Outcome.DECLINE and not self.errors:
            self.ask_whether_it_ends(consequences.of_no(self.case))
        return cleaned

    def ask_whether_it_ends(self, no):
        """A no that ends a party is confirmed, with in words what it does and who hears of it."""
        if no.ends:
            self.no = no
            label = f"Ja, dit beëindigt {no.party.name}"
            self.fields["sure"] = forms.BooleanField(label=label, help_text=no.words)
            if not self.data.get("sure"):
                self.add_error("sure", "Lees wat dit doet. Zet dan een vinkje.")

    def decision(self) -> dict:
        cleaned = self.cleaned_data
        is_no = cleaned["outcome"] == Outcome.DECLINE
        return {
            "outcome": cleaned["outcome"],
            "reason": cleaned["reason"].strip() if is_no else "",
            "until": self.until_for(cleaned["outcome"], self.case.party),
            "people": [int(pk) for pk in cleaned.get("people", [])],
        }


class QuestionForm(forms.Form):
    """The question, and of whom: where more people applied each gets and answers their own. It goes
    to who stood on the screen, and to nobody who came in their place.
    """

    of = forms.MultipleChoiceField(
        label="Aan wie vraag je het?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Ieder leest en beantwoordt alleen wat je aan die persoon vraagt.",
        error_messages={
            "required": "Kruis aan aan wie je het vraagt.",
            "invalid_choice": "Er is iets veranderd bij wie je dit wilde vragen. Kijk opnieuw.",
        },
    )
    question = forms.CharField(
        label="Wat wil je weten?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Vul in wat je wilt vragen."},
    )  # fmt: skip
    why = forms.CharField(label="Waarom vragen we dat?", required=False, max_length=300)

    def __init__(self, *args, case, **options):
        super().__init__(*args, **options)
        sent = case.party.applications.sent()
        free = list(sent.with_us(localdate()).select_related("person"))
        of_applicants = case.is_about_applicants
        self.has_anyone = bool(free) or not of_applicants
        self.fields["of"].choices = [(str(one.pk), str(one.person)) for one in free]
        if not of_applicants:
            del self.fields["of"]
        elif sent.count() < 2:
            self.fields["of"].widget = forms.MultipleHiddenInput()
            self.initial["of"] = [one.pk for one in free]

    def clean_of(self):
        return [int(pk) for pk in self.cleaned_data["of"]]


class BackForm(forms.Form):
    remark = forms.CharField(
        label="Wat moet er anders?", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Alleen je collega leest dit.",
    )  # fmt: skip


class PersonForm(forms.Form):
    accept = forms.ChoiceField(
        label="Mag deze persoon voor de partij spreken?",
        choices=[("yes", "Ja"), ("no", "Nee")],
        widget=forms.RadioSelect,
    )
    may_manage = forms.BooleanField(label="Mag de collega’s beheren", required=False)
    reason = forms.CharField(
        label="Reden bij nee", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De persoon leest dit. Zeg niets over wie er nu voor de partij spreekt.",
    )  # fmt: skip
    may_be_asked = ("reason",)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("accept") == "no" and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Schrijf waarom. De persoon krijgt deze tekst.")
        return cleaned


class ObjectionAnswerForm(OutcomeForm):
    is_right = forms.ChoiceField(
        label="Klopt het bezwaar?",
        choices=[("no", "Nee, het besluit blijft"), ("yes", "Ja, we besluiten anders")],
        widget=forms.RadioSelect,
    )
    outcome = forms.ChoiceField(
        label="Het nieuwe besluit", required=False, widget=forms.RadioSelect,
        choices=[(one.value, one.label.capitalize()) for one in Outcome if one != Outcome.DECLINE],
        help_text="Alleen als het bezwaar klopt.",
    )  # fmt: skip
    reply = forms.CharField(
        label="Je antwoord", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="De partij leest dit. Ga in op wat er in het bezwaar staat.",
    )  # fmt: skip
    field_order = ["is_right", "outcome", "until", "reply"]
    may_be_asked = ("outcome",)

    def __init__(self, *args, party, **options):
        self.party = party
        super().__init__(*args, **options)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_right") == "yes" and not cleaned.get("outcome"):
            self.add_error("outcome", "Kies wat het nieuwe besluit is.")
        return cleaned

    def answer(self) -> dict:
        cleaned = self.cleaned_data
        is_right = cleaned["is_right"] == "yes"
        return {
            "is_right": is_right,
            "reply": cleaned["reply"],
            "outcome": cleaned["outcome"] if is_right else "",
            "until": self.until_for(cleaned["outcome"], self.party) if is_right else None,
        }


class CodeForm(forms.Form):
    """A code to mail, and its address: one that anyone can find as the party's own."""

    address = forms.EmailField(
        label="Openbaar mailadres",
        help_text="Zoek het zelf op. Neem het niet over van de aanmelder.",
    )


class EvidenceForm(forms.Form):
    """Evidence that a member of staff found while checking, about the party or about a person."""

    kind = forms.ChoiceField(label="Wat zag je?", choices=Evidence.Kind)
    source = forms.CharField(label="Waar, of van wie?", max_length=300)
    about = forms.ChoiceField(label="Over wie gaat het?", required=False)

    def __init__(self, *args, case, **options):
        super().__init__(*args, **options)
        people = [one.person for one in case.party.applications.sent().select_related("person")]
        self.people = {str(person.pk): person for person in people}
        persons = [(key, str(person)) for key, person in self.people.items()]
        self.fields["about"].choices = [("", "De partij"), *persons]

    def seen(self) -> dict:
        cleaned = self.cleaned_data
        about = self.people.get(cleaned["about"])
        return {"kind": cleaned["kind"], "source": cleaned["source"], "person": about}
