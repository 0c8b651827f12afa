"""The links of a mail: what they carry says nothing, and opens one sign-up, of whoever it is.

A link works without signing in, so that a place can be taken or given up on a phone. It names
nobody, and only a button on its page changes something: mail scanners open links.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from kennispunt.trainings.models import Evaluation, Registration

SALT = "kennispunt.trainings.place"


def token_of(registration: Registration) -> str:
    """For this sign-up, and for the offer it has now."""
    return signing.dumps([registration.pk, registration.offers], salt=SALT)


def address_of(registration: Registration) -> str:
    """The full address of the page of this place, for a mail."""
    return settings.SITE_URL + reverse("trainings:place", args=[token_of(registration)])


def registration_of(token: str) -> tuple[Registration, int] | None:
    """The sign-up that a link is about and the number of the offer it was sent with, or None."""
    try:
        number, offer = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Registration.objects.select_related("edition__training", "edition__room", "person")
    found = rows.filter(pk=number).first()
    return (found, offer) if found else None


# --- Evaluations ---------------------------------------------------------------------------------

EVALUATION = "kennispunt.trainings.evaluation"


def evaluation_address(registration: Registration, moment: Evaluation.Moment) -> str:
    """The full address of the page where somebody says what they think, for a mail."""
    token = signing.dumps([registration.pk, str(moment)], salt=EVALUATION)
    return settings.SITE_URL + reverse("trainings:evaluation", args=[token])


def evaluation_of(token: str) -> tuple[Registration, Evaluation.Moment] | None:
    """The place that a link to an evaluation is about, and when it asks; or None."""
    try:
        number, moment = signing.loads(token, salt=EVALUATION)
        moment = Evaluation.Moment(moment)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Registration.objects.select_related("edition__training", "edition__room")
    found = rows.filter(pk=number).first()
    return (found, moment) if found else None
