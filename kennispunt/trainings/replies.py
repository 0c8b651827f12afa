"""Answers by mail: JA or NEE to an offered place, or "ik kan niet"."""

import re

from kennispunt.mail.handlers import CannotHandle
from kennispunt.mail.parsing import Message
from kennispunt.trainings import letters
from kennispunt.trainings.actions import places
from kennispunt.trainings.models import Registration

# Only these, as a whole line: a yes or no within more words is for a person to read.
YES = re.compile(r"ja\b[\s,]*(graag|hoor|zeker|ik kom|ik neem hem|dank je( wel)?)?[\s.!]*", re.I)
NO = re.compile(r"nee\b[\s,]*(bedankt|dank je( wel)?|helaas|liever niet)?[\s.!]*", re.I)
CANNOT = re.compile(
    r"((hoi|hallo|dag|beste \w+|nee|sorry)[\s,]*){0,2}"
    r"(ik kan (helaas )?(toch )?niet( komen)?|ik meld me af|afmelden)[\s.!]*",
    re.I,
)
GREETING = 60  # characters below the answer: a name, not another question


def answer(message: Message, key: str) -> None:
    """Do what a short answer says. CannotHandle for everything that a person must read."""
    number, _, offer = key.partition("_")
    rows = Registration.objects.select_related("edition__training", "edition__room", "person")
    registration = rows.filter(pk=number).first()
    if registration is None or registration.person is None:
        raise CannotHandle("Deze inschrijving is er niet meer.")
    first, _, rest = message.body.strip().partition("\n")
    if len(rest.strip()) > GREETING or "?" in rest:
        raise CannotHandle("Dit antwoord is langer dan ja of nee.")
    is_offered = registration.state == Registration.State.OFFERED
    if YES.fullmatch(first):
        reply(registration, places.take(registration, offer=int(offer)))
    elif is_offered and (NO.fullmatch(first) or CANNOT.fullmatch(first)):
        reply(registration, places.pass_on(registration, offer=int(offer)))
    elif CANNOT.fullmatch(first):
        if not places.cancel(registration):
            letters.too_late(registration)
    else:
        raise CannotHandle("Hier staat geen ja of nee.")


def reply(registration, result):
    """Say what became of it; a place that was taken has a mail of its own."""
    if result == places.Answer.PASSED:
        letters.cancelled(registration, had_place=False)
    elif result != places.Answer.TAKEN:
        letters.too_late(registration)
