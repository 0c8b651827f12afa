"""Permissions of trainings. What a status opens is the table of the product."""

from datetime import date
from enum import Enum

from kennispunt.accounts.groups import is_in
from kennispunt.parties.models import Application, Party
from kennispunt.parties.permissions import acts_for, mandate_for, status_for
from kennispunt.trainings.models import Edition, Registration

Status = Party.Status


class Chance(Enum):
    """The chance that signing up gives somebody of a party with this status."""

    NO = "no"
    PLACE = "place"
    PROVISIONAL = "provisional"  # until the decision about the party
    LEFT = "left"  # when places are left: on the waiting list after the others


def chance(status: Status, edition: Edition) -> Chance:
    """Return what a sign-up for this edition gives to a party with this status."""
    if status in (Status.NEW, Status.ELIGIBLE):
        return Chance.PLACE
    if status == Status.APPLIED:
        return Chance.PROVISIONAL
    if status == Status.FOUNDING:
        return Chance.PLACE if edition.training.for_founders else Chance.LEFT
    return Chance.NO


def comes_last(user, party: Party, edition: Edition, on: date) -> bool:
    """Founders for whom it is not meant wait after the others, also who only applied as one: it
    counts as what it is once they are accepted.
    """
    mandate = mandate_for(user, party)
    sent = mandate and mandate.application
    founds = bool(sent) and sent.kind == Application.Kind.FOUNDING
    status = Status.FOUNDING if founds else status_for(user, party, on)
    return chance(status, edition) == Chance.LEFT


def is_trainer(user) -> bool:
    """Whether this user gives trainings: trainers their own, planners all of them."""
    return is_in(user, "Trainers", "Project leaders")


def may_plan(user) -> bool:
    """Project leaders plan editions, and see and mail the participants."""
    return is_in(user, "Project leaders")


def may_give(user, edition: Edition) -> bool:
    """The trainer of this edition marks attendance and reads the trainer's sheet; planners too.

    A draft is for planners alone: its trainer has not heard of it yet.
    """
    hers = edition.trainer_id == user.pk and edition.status != Edition.Status.DRAFT
    return may_plan(user) or (is_in(user, "Trainers") and hers)


def may_change(user, registration: Registration) -> bool:
    """Somebody's own sign-up; or one for a colleague, as long as one books for that party."""
    if not user.is_authenticated:
        return False
    return registration.person_id == user.pk or bool(for_colleagues(user, [registration]))


def for_colleagues(user, registrations) -> list[Registration]:
    """Return the ones that this user took for a colleague and may still change."""
    booked = [one for one in registrations if one.booked_by_id == user.pk]
    parties = {one.party_id: one.party for one in booked}
    people = {pk: acts_for(user, party) for pk, party in parties.items()}
    return [one for one in booked if one.person_id in people[one.party_id]]
