"""Who may do what with trainings. What a status opens is the table of the product."""

from enum import Enum

from kennispunt.accounts.groups import is_in
from kennispunt.parties.models import Party
from kennispunt.parties.permissions import acts_for
from kennispunt.trainings.models import Edition, Registration

Status = Party.Status


class Chance(Enum):
    """What signing up gives somebody of a party with this status."""

    NO = "no"
    PLACE = "place"
    PROVISIONAL = "provisional"  # until the decision about the party
    LEFT = "left"  # when places are left: on the waiting list after the others


def chance(status: Status, edition: Edition) -> Chance:
    """What a sign-up for this edition gives to a party with this status."""
    if status in (Status.NEW, Status.ELIGIBLE):
        return Chance.PLACE
    if status == Status.APPLIED:
        return Chance.PROVISIONAL
    if status == Status.FOUNDING:
        return Chance.PLACE if edition.training.for_founders else Chance.LEFT
    return Chance.NO


def is_trainer(user) -> bool:
    """Who gives trainings: their own; who plans, all of them."""
    return is_in(user, "Trainers", "Project leaders")


def may_plan(user) -> bool:
    """Project leaders plan editions, and see and mail the participants."""
    return is_in(user, "Project leaders")


def may_give(user, edition: Edition) -> bool:
    """The trainer of this edition marks attendance and reads the trainer's sheet; who plans too.

    A draft is of who plans alone: its trainer has not heard of it yet.
    """
    hers = edition.trainer_id == user.pk and edition.status != Edition.Status.DRAFT
    return may_plan(user) or (is_in(user, "Trainers") and hers)


def may_change(user, registration: Registration) -> bool:
    """Somebody's own sign-up; or one for a colleague, as long as one books for that party."""
    if not user.is_authenticated:
        return False
    return registration.person_id == user.pk or bool(for_colleagues(user, [registration]))


def for_colleagues(user, registrations) -> list[Registration]:
    """Those of these that this user took for a colleague and may still change."""
    booked = [one for one in registrations if one.booked_by_id == user.pk]
    parties = {one.party_id: one.party for one in booked}
    people = {pk: acts_for(user, party) for pk, party in parties.items()}
    return [one for one in booked if one.person_id in people[one.party_id]]
