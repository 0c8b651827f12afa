"""Answers by mail: JA or NEE to an offered place, or "ik kan niet"."""

import re

from django.core.exceptions import ValidationError

from kennispunt.mail.essence import clauses_of, essence
from kennispunt.mail.handlers import CannotHandle
from kennispunt.mail.parsing import Message
from kennispunt.trainings import letters
from kennispunt.trainings.actions import places
from kennispunt.trainings.models import Registration
from kennispunt.trainings.yes_or_no import Said, said
from kennispunt.ui.cleaning import row_number
from kennispunt.ui.rows import TooLate

State = Registration.State


def answer(message: Message, key: str) -> None:
    """Do what a plain answer says. CannotHandle for everything that a person must read."""
    registration, offer = find(key)
    meant = understood(message, registration)
    try:
        if meant == Said.YES:
            places.take(registration, offer=offer)
        elif registration.state == State.OFFERED:
            places.pass_on(registration, offer=offer)
            letters.cancelled(registration, had_place=False)
        elif meant == Said.CANNOT:
            places.cancel(registration)
        else:
            raise CannotHandle("Er staat nee. Wat er niet doorgaat, staat er niet bij.")
    except (TooLate, ValidationError):
        letters.too_late(registration)


def find(key: str) -> tuple[Registration, int]:
    """The sign-up and the number of the offer that a key names."""
    number, _, offer = key.partition("_")
    rows = Registration.objects.select_related("edition__training", "edition__room", "person")
    found = rows.filter(pk=row_number(number)).first()
    if found is None or found.person is None:
        raise CannotHandle("Deze inschrijving is er niet meer.")
    number_of_offer = row_number(offer)
    return found, found.offers if number_of_offer is None else number_of_offer


def understood(message: Message, registration: Registration) -> Said:
    """Return what the whole letter says, when that is plain."""
    clauses = essence(message, names=[registration.person.name])
    meant = said(clauses) if clauses else None
    subject = re.sub(r"^(?:(?:re|aw|antw|antwoord)\s*:\s*)*", "", message.subject, flags=re.I)
    if meant is None or said(clauses_of(subject)) not in (meant, None):
        raise CannotHandle("Er staat meer dan een gewoon ja of nee.")
    return meant
