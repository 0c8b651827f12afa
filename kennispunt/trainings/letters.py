"""The mails about a place. No subject names a training, a place, a person or a party."""

from enum import Enum

from django.conf import settings
from django.urls import reverse

from kennispunt.mail.addresses import signed_address
from kennispunt.mail.send import send
from kennispunt.trainings import calendars
from kennispunt.trainings.models import Registration
from kennispunt.trainings.tokens import address_of

REPLY = "trainings.place"  # answers to these mails: replies.py


class Why(Enum):
    """Why we take a place back. The value is what the mail says."""

    PARTY = "Je partij is niet toegelaten. Een plek is voor lokale partijen die zijn toegelaten."
    MANDATE = "Je spreekt niet meer voor de partij waarvoor je was ingeschreven."


def write(template: str, registration: Registration, *, cancelled=None, **context) -> None:
    """One mail to the person of this sign-up; with calendar file when `cancelled` is a boolean."""
    edition, to = registration.edition, registration.person.email
    attachments = []
    if cancelled is not None:
        attachments = [calendars.invitation(edition, to=to, cancelled=cancelled)]
    send(
        f"trainings/mail/{template}.md",
        to=to,
        purpose=f"trainings.{template}",
        reply_to=signed_address(REPLY, f"{registration.pk}_{registration.offers}", to),
        attachments=attachments,
        name=registration.person.name,
        edition=edition,
        meetings=list(edition.meetings.all()),
        registration=registration,
        place_link=address_of(registration),
        edition_link=settings.SITE_URL + edition.get_absolute_url(),
        mine_link=settings.SITE_URL + reverse("trainings:mine"),
        **context,
    )


def placed(registration: Registration) -> None:
    """You have a place; or a provisional one, said clearly."""
    write("placed", registration, cancelled=False)


def waiting(registration: Registration) -> None:
    write("waiting", registration)


def offered(registration: Registration) -> None:
    write("offered", registration)


def lapsed(registration: Registration) -> None:
    write("lapsed", registration)


def cancelled(registration: Registration) -> None:
    write("cancelled", registration, cancelled=True)


def ended(registration: Registration, why: Why) -> None:
    write("ended", registration, cancelled=True, why=why.value)


def too_late(registration: Registration) -> None:
    """An answer came when the offer had passed, or the training had begun."""
    write("too_late", registration)
