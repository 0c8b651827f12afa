"""The links of a mail: what they carry says nothing, and opens one sign-up, whoever has it.

A link works without signing in, so that a place can be taken or given up on a phone. It names
nobody, and only a button on its page changes something: mail scanners open links.
"""

from django.urls import reverse

from kennispunt.trainings.models import Evaluation, Registration
from kennispunt.ui.links import Signed, full_address

PLACE = Signed("kennispunt.trainings.place", int, int)  # a sign-up, and the number of its offer
EVALUATION = Signed("kennispunt.trainings.evaluation", int, str)  # a sign-up, and when we ask


def token_of(registration: Registration) -> str:
    """For this sign-up, and for the offer it has now."""
    return PLACE.token(registration.pk, registration.offers)


def path_of(registration: Registration) -> str:
    """The page of this place, for anyone who has the link."""
    return reverse("trainings:place", args=[token_of(registration)])


def address_of(registration: Registration) -> str:
    """The full address of that page, for a mail."""
    return full_address(path_of(registration))


def registration_of(token: str) -> tuple[Registration, int] | None:
    """The sign-up that a link is about and the number of the offer it was sent with, or None."""
    number, offer = PLACE.read(token) or (None, None)
    found = _sign_up(number)
    return (found, offer) if found else None


def _sign_up(number):
    rows = Registration.objects.select_related("edition__training", "edition__room", "person")
    return rows.filter(pk=number).first()


def evaluation_address(registration: Registration, moment: Evaluation.Moment) -> str:
    """The full address of the page where somebody says what they think, for a mail."""
    token = EVALUATION.token(registration.pk, str(moment))
    return full_address("trainings:evaluation", token)


def evaluation_of(token: str) -> tuple[Registration, Evaluation.Moment] | None:
    """The place that a link to an evaluation is about, and when it asks; or None."""
    number, moment = EVALUATION.read(token) or (None, None)
    found = _sign_up(number)
    return (found, Evaluation.Moment(moment)) if found and moment in Evaluation.Moment else None
