"""The link of the mail that asks, after an election, whether somebody still speaks for a party."""

from datetime import date, timedelta

from kennispunt.parties.models import Mandate
from kennispunt.parties.periods import CONFIRM_DAYS
from kennispunt.ui.links import Signed

# A mandate, and the day on which we asked whether it still holds.
STILL = Signed("parties.still", int, str, works=timedelta(days=CONFIRM_DAYS))


def token_of(mandate: Mandate, on: date) -> str:
    """Return the token in the link of one question: the number of a mandate, signed."""
    return STILL.token(mandate.pk, on.isoformat())


def asked_with(token: str) -> Mandate | None:
    """Return the mandate that a link asks about, while it is open and was not asked anew."""
    number, on = STILL.read(token) or (None, None)
    return Mandate.objects.open().filter(pk=number, asked_on=on).first()
