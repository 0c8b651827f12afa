"""The data that we keep of one person about parties: to take along, and to forget."""

from django.urls import reverse

from kennispunt.accounts import consents
from kennispunt.accounts.mailbox import addresses
from kennispunt.accounts.registry import Mine
from kennispunt.office import lookups
from kennispunt.office.models import Lookup
from kennispunt.parties.actions import people
from kennispunt.parties.models import (
    Application,
    Case,
    Consent,
    Evidence,
    Invitation,
    Mandate,
    Objection,
    ProofCode,
)
from kennispunt.parties.permissions import acting_for, as_known_to, may_manage


def export(person) -> dict:
    """Everything, with the party it is about."""
    mine = Mandate.objects.of(person)
    about = Evidence.objects.filter(person=person)
    sent = Invitation.objects.filter(invited_by=person).exclude(email="")
    return {
        "mandaten": as_known_to(
            person, mine, "role", "began_on", "accepted_on", "confirmed_on", "asked_on",
            "ended_on", "may_vote", "may_book", "may_manage",
        ),
        "aanmeldingen": list(
            Application.objects.of(person).values(
                "state", "area__name", "kind", "electoral_list__name", "party_name",
                "role", "legal_form", "kvk_number", "no_national_seat", "cooperation",
                "cooperation_with", "proof", "proof_at", "remark", "heard_from", "file__name",
                "question", "answer",
                "started_at", "sent_at",
            )
        ),
        "codes": list(
            ProofCode.objects.filter(application__person=person).values(
                "address", "sent_at", "used_at"
            )
        ),
        "antwoorden op onze vragen": as_known_to(
            person, Case.objects.filter(answered_by=person), "question", "answer"
        ),
        "bewijzen": as_known_to(
            person, about, "kind", "source", "found_on", "expires_on", "file__name"
        ),
        "uitnodigingen": list(
            sent.values("party__name", "email", "sent_at")
        ),
        "uitgenodigd": list(
            Invitation.objects.filter(email__in=addresses(person)).values(
                "party__name", "role", "sent_at"
            )
        ),
        "bezwaren": list(
            Objection.objects.filter(person=person).values("words", "made_at", "reply")
        ),
        "toestemmingen": list(
            Consent.objects.filter(person=person).values("words", "given_at", "withdrawn_at")
        ),
    }  # fmt: skip


def erase(person) -> None:
    """Forget the person. Decisions about the party stay, without who applied or objected."""
    people.forget(person)


# --- Consent, shown and taken back on /mijn/ ------------------------------------------------------

SPEAKING = "spreken"


def consented(person):
    """The yes to our keeping for which party this person speaks: one, however often it was said."""
    said = Consent.objects.filter(person=person, withdrawn_at=None).first()
    mandate = Mandate.objects.of(person).first()
    if said or mandate:
        words = "Dat we bewaren voor welke partij je spreekt, en in welke rol"
        since = said.given_at if said else mandate.began_on
        yield consents.Consent(SPEAKING, words, since, when_withdrawn(person))


def when_withdrawn(person) -> str:
    alone = any(one.is_last_manager() for one in Mandate.objects.of(person).open())
    return (
        "Trek je dit in? Dan wissen we voor welke partij je spreekt en sprak, en wat je "
        "daarvoor invulde. Je kunt dan geen trainingen, helpdesk en forum meer gebruiken. "
        "Je account houd je."
    ) + alone * " Jij bent de enige die de collega’s beheert. Draag dat eerst over."


def take_back(person, key) -> bool:
    """Forget for which party this person speaks. False when there was no yes."""
    if key != SPEAKING or not any(consented(person)):
        return False
    people.withdraw_consent(person)
    return True


# --- What stands on /mijn/ ------------------------------------------------------------------------


def lines(request):
    """The way to my party, to what I sent, and to what I consented to."""
    mandate = acting_for(request)
    sent = Application.objects.of(request.user).open()
    states = set(sent.values_list("state", flat=True))
    if mandate:
        yield party_line(request, mandate)
    if "sent" in states:
        yield sent_line(request.user)
    if "draft" in states:
        address = reverse("parties:apply")
        yield Mine("Je aanmelding afmaken", address, "Wat je invulde, staat er nog.", waits=True)
    if not mandate and not states:
        text = "Voor trainingen, de helpdesk en het forum."
        yield Mine("Meld je partij aan", reverse("parties:apply"), text)
    if mandate or Lookup.objects.filter(person=request.user).exists():
        yield lookups.line()


def party_line(request, mandate):
    """My party, and whether a colleague asks something of me."""
    manages = may_manage(request.user, mandate.party)
    asked = manages and Mandate.objects.waiting().filter(party=mandate.party).exists()
    text = f"Je werkt voor {mandate.party_name}, als {mandate.get_role_display()}."
    if len(request._mandates) > 1:
        text += f" Je spreekt voor {len(request._mandates)} partijen: hier wissel je."
    if asked:
        text = "Iemand wil erbij. Ken je die?"
    return Mine("Mijn partij", reverse("parties:mine"), text, waits=asked)


def sent_line(person):
    asked = Application.objects.of(person).asked().exists()
    text = "We hebben nog een vraag." if asked else "We kijken ernaar."
    return Mine("Je aanmelding", reverse("parties:application"), text, waits=asked)
