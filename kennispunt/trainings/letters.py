"""The mails about a place. No subject names a training, a place, a person or a party."""

from dataclasses import dataclass
from enum import Enum

from kennispunt.mail import many
from kennispunt.mail.addresses import signed_address
from kennispunt.mail.models import LetterToMany, OutgoingMail
from kennispunt.mail.send import send
from kennispunt.trainings import calendars
from kennispunt.trainings.models import Edition, Evaluation, Meeting, Registration
from kennispunt.trainings.tokens import address_of, evaluation_address, path_of
from kennispunt.ui.links import full_address

REPLY = "trainings.place"  # answers to these mails: replies.py


class Why(Enum):
    """The reason for which we take a place back. The value is what the mail says."""

    PARTY = "Je partij is niet toegelaten. Een plek is voor lokale partijen die zijn toegelaten."
    MANDATE = "Je spreekt niet meer voor de partij waarvoor je was ingeschreven."
    DESK = "We hebben je van de lijst gehaald."


@dataclass(frozen=True)
class Was:
    """The times and the place of an edition before it moved."""

    meetings: list[Meeting]
    place: str

    @classmethod
    def of(cls, edition: Edition):
        room = edition.room
        return cls(list(edition.meetings.all()), room.full_address if room else "Online")


def write(
    template: str, registration: Registration, *, cancelled=None, gone=(), expires_at=None,
    **context,
) -> OutgoingMail | None:  # fmt: skip
    """One mail to the person of this sign-up; with calendar file when `cancelled` is a boolean.

    `gone`: meetings that are no more, to take out of the calendar too.
    """
    edition, to, of = registration.edition, registration.person.email, registration.pk
    attachments = []
    if cancelled is not None:
        attachments = calendars.invitations(edition, of=of, to=to, cancelled=cancelled)
        attachments += calendars.invitations(edition, of=of, to=to, cancelled=True, meetings=gone)
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
        edition_link=full_address(edition),
        booked_by=of_another(registration),
        answers_link=full_address("trainings:answers", registration.pk),
        **context,
    )


def of_another(registration: Registration) -> str:
    """Return the colleague who signed this person up, if one did."""
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


def cancelled(registration: Registration, *, had_place: bool = True) -> None:
    """You do not come; out of the calendar too when it was in there."""
    write("cancelled", registration, cancelled=True if had_place else None, had_place=had_place)


def declined(registration: Registration) -> None:
    """Your calendar said no: does your place go to somebody else?"""
    write("declined", registration, expires_at=registration.edition.starts_at)


def ended(registration: Registration, why: Why) -> None:
    write("ended", registration, cancelled=True, why=why.value)


def too_late(registration: Registration) -> None:
    """An answer came when the offer had passed, or the training had begun."""
    write("too_late", registration)


def changed(registration: Registration, *, was: Was, gone: list[Meeting], moved: bool) -> None:
    """It is at another time or place; or, not moved, only the address of the online room is new.

    Somebody with a place gets the calendar file too.
    """
    has_place = registration.state == Registration.State.PLACED
    write(
        "changed", registration, cancelled=False if has_place else None, gone=gone, was=was,
        moved=moved, place=Was.of(registration.edition).place, has_place=has_place,
    )  # fmt: skip


def called_off(registration: Registration, *, had_place: bool, instead: Edition | None) -> None:
    """The edition is off. Somebody who had a place gets that for the calendar too."""
    write(
        "called_off", registration, cancelled=True if had_place else None, had_place=had_place,
        instead=instead,
        instead_link=full_address(instead) if instead else "",
    )  # fmt: skip


def from_desk(edition: Edition, subject: str, body: str) -> LetterToMany:
    """Return a letter of the desk to a part of an edition, not kept yet. A person reads answers."""
    return many.draft(
        "trainings/mail/from_desk.md",
        purpose="trainings.from_desk",
        words=["name"],
        links=["place"],
        subject=subject,
        paragraphs=paragraphs(body),
        edition=edition,
        meetings=list(edition.meetings.all()),
    )


def send_from_desk(letter: LetterToMany, people: list[Registration]) -> None:
    """To each their own name and place. By a count: a row of the outbox leads to no place."""
    many.fill(
        many.keep(letter),
        many.in_hand(
            many.Receiver(
                number, one.person.email, {"name": one.person.name, "place": path_of(one)}
            )
            for number, one in enumerate(people, 1)
        ),
    )


def paragraphs(text: str) -> list[str]:
    """Divide the typed text at its empty lines."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [part.strip() for part in parts if part.strip()]


# --- After ---------------------------------------------------------------------------------------


def thanks(registration: Registration):
    """You were there: three questions, and where the certificate is."""
    return after("thanks", registration, Evaluation.Moment.AFTER)


def later(registration: Registration):
    """Half a year later: what did you use? None when this person stopped these mails."""
    return after("later", registration, Evaluation.Moment.LATER)


def after(template, registration, moment):
    # No signed reply address: what people write back here is for a person to read.
    return send(
        f"trainings/mail/{template}.md",
        to=registration.person.email,
        purpose=f"trainings.{template}",
        name=registration.person.name,
        edition=registration.edition,
        address=evaluation_address(registration, moment),
        mine_link=full_address("trainings:mine"),
    )
