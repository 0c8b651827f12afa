"""Answers by mail: JA or NEE to an offered place, or "ik kan niet"."""

import re

from kennispunt.mail.handlers import CannotHandle
from kennispunt.mail.parsing import Message
from kennispunt.trainings import letters
from kennispunt.trainings.actions import places
from kennispunt.trainings.models import Registration

YES = re.compile(r"ja\b(?! *,? *maar)", re.IGNORECASE)
NO = re.compile(r"(nee|neen|nee,? dank)\b", re.IGNORECASE)
CANNOT = re.compile(r"\b(kan (helaas )?(toch )?niet( komen)?|afmelden|meld me af)\b", re.IGNORECASE)
SHORT = 160  # a longer answer says more than yes or no: a person reads it


def answer(message: Message, key: str) -> None:
    """Do what a short answer says. CannotHandle for everything that a person must read."""
    number, _, offer = key.partition("_")
    rows = Registration.objects.select_related("edition__training", "edition__room", "person")
    registration = rows.filter(pk=number).first()
    if registration is None or registration.person is None:
        raise CannotHandle("Deze inschrijving is er niet meer.")
    words = message.body.strip()
    if len(words) > SHORT:
        raise CannotHandle("Dit antwoord is langer dan ja of nee.")
    if CANNOT.search(words):
        if not places.cancel(registration):
            letters.too_late(registration)
    elif YES.match(words):
        reply(registration, places.take(registration, offer=int(offer)))
    elif NO.match(words):
        if registration.state == Registration.State.OFFERED:
            reply(registration, places.pass_on(registration, offer=int(offer)))
        elif not places.cancel(registration):
            letters.too_late(registration)
    else:
        raise CannotHandle("Hier staat geen ja of nee.")


def reply(registration, result):
    if result == places.Answer.GONE:
        letters.too_late(registration)
