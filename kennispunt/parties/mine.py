"""What we keep of one person about parties: to take along, and to forget."""

from kennispunt.parties.actions import people
from kennispunt.parties.models import (
    Application,
    Consent,
    Evidence,
    Invitation,
    Lookup,
    Mandate,
    Objection,
)


def export(person) -> dict:
    """Everything, with the party it is about."""
    mine = Mandate.objects.of(person)
    about = Evidence.objects.filter(person=person)
    return {
        "mandaten": list(
            mine.values(
                "party__name", "role", "began_on", "accepted_on", "confirmed_on", "ended_on",
                "may_vote", "may_book", "may_manage",
            )
        ),
        "aanmeldingen": list(
            Application.objects.of(person).values(
                "state", "area__name", "kind", "electoral_list__name", "party__name", "party_name",
                "role", "legal_form", "kvk_number", "no_national_seat", "cooperation",
                "cooperation_with", "proof", "proof_at", "remark", "file__name", "started_at",
                "sent_at",
            )
        ),
        "bewijzen": list(
            about.values("party__name", "kind", "source", "found_on", "expires_on", "file__name")
        ),
        "uitnodigingen": list(
            Invitation.objects.filter(invited_by=person).values("party__name", "email", "sent_at")
        ),
        "uitgenodigd": list(
            Invitation.objects.filter(email=person.email).values("party__name", "role", "sent_at")
        ),
        "bezwaren": list(
            Objection.objects.filter(person=person).values("words", "made_at", "reply")
        ),
        "toestemmingen": list(
            Consent.objects.filter(person=person).values("words", "given_at", "withdrawn_at")
        ),
        "wie keek": list(
            Lookup.objects.filter(person=person).values("what", "on", "staff__name")
        ),
    }  # fmt: skip


def erase(person) -> None:
    """Forget the person. Decisions about the party stay, without who applied or objected."""
    people.forget(person)
