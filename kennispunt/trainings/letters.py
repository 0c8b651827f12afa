"""The mails about a place. No subject names a training, a place, a person or a party."""

from enum import Enum

from django.conf import settings
from django.urls import reverse

from kennispunt.mail.addresses import signed_address
from kennispunt.mail.models import OutgoingMail
from kennispunt.mail.send import send
from kennispunt.trainings import calendars
from kennispunt.trainings.models import Meeting, Registration
from kennispunt.trainings.tokens import address_of

REPLY = "trainings.place"  # answers to these mails: replies.py


class Why(Enum):
    """Why we take a place back. The value is what the mail says."""

    PARTY = "Je partij is niet toegelaten. Een plek is voor lokale partijen die zijn toegelaten."
    MANDATE = "Je spreekt niet meer voor de partij waarvoor je was ingeschreven."


def write(
    template: str, registration: Registration, *, cancelled=None, expires_at=None, **context
) -> OutgoingMail | None:
    """One mail to the person of this sign-up; with calendar file when `cancelled` is a boolean."""
    edition, to = registration.edition, registration.person.email
    attachments = []
    if cancelled is not None:
        attachments = [calendars.invitation(edition, to=to, cancelled=cancelled)]
    return send(
        f"trainings/mail/{template}.md",
        to=to,
        purpose=f"trainings.{template}",
        reply_to=signed_address(REPLY, f"{registration.pk}_{registration.offers}", to),
        attachments=attachments,
        expires_at=expires_at,
        name=registration.person.name,
        edition=edition,
        meetings=list(edition.meetings.all()),
        registration=registration,
        place_link=address_of(registration),
        edition_link=settings.SITE_URL + edition.get_absolute_url(),
        booked_by=of_another(registration),
        answers_link=settings.SITE_URL + reverse("trainings:answers", args=[registration.pk]),
        **context,
    )


def of_another(registration: Registration) -> str:
    """Who signed this person up, when that was a colleague."""
    by = registration.booked_by
    return "" if by is None or by == registration.person else by.name or "Een collega"


def placed(registration: Registration) -> None:
    """You have a place; or a provisional one, said clearly."""
    write("placed", registration, cancelled=False)


def waiting(registration: Registration) -> None:
    write("waiting", registration)


def offered(registration: Registration) -> None:
    """Is this place for you? Not sent any more when the offer has lapsed."""
    mail = write("offered", registration, expires_at=registration.offered_until)
    registration.offer_mail = mail
    registration.save(update_fields=["offer_mail"])


def lapsed(registration: Registration) -> None:
    write("lapsed", registration)


def reminder(registration: Registration, meeting: Meeting) -> None:
    """In a few days it begins: how to get there, what to bring, and how to give up the place."""
    write("reminder", registration, expires_at=meeting.starts_at, meeting=meeting)


def cancelled(registration: Registration) -> None:
    write("cancelled", registration, cancelled=True)


def ended(registration: Registration, why: Why) -> None:
    write("ended", registration, cancelled=True, why=why.value)


def too_late(registration: Registration) -> None:
    """An answer came when the offer had passed, or the training had begun."""
    write("too_late", registration)


# --- About wishes: to who asked, also without a place ---------------------------------------------


def proposal(person, wish, edition):
    """What you asked for is planned. None when this person stopped these mails."""
    return send(
        "trainings/mail/proposal.md",
        to=person.email,
        purpose="trainings.proposal",
        expires_at=edition.starts_at,
        name=person.name,
        wish=wish,
        edition=edition,
        meetings=list(edition.meetings.all()),
        sign_up_link=settings.SITE_URL
        + reverse("trainings:sign_up", args=[edition.training.slug, edition.pk]),
    )


def custom_answered(request):
    """Our answer to a request for something made to measure."""
    edition = request.edition
    send(
        "trainings/mail/custom.md",
        to=request.person.email,
        purpose="trainings.custom",
        name=request.person.name,
        answer=request.answer,
        edition=edition,
        meetings=list(edition.meetings.all()) if edition else [],
        sign_up_link=edition
        and settings.SITE_URL
        + reverse("trainings:sign_up", args=[edition.training.slug, edition.pk]),
        mine_link=settings.SITE_URL + reverse("trainings:mine"),
    )
