"""The words of the list of everything that waits, and the way to it."""

from django.urls import reverse

from kennispunt.accounts.groups import is_staff
from kennispunt.accounts.registry import Mine
from kennispunt.office.staff import everything


def greeting(hour: int) -> str:
    """Return a greeting: at work we greet people."""
    if hour < 12:
        return "Goedemorgen"
    return "Goedemiddag" if hour < 18 else "Goedenavond"


def line_of_staff(request):
    """The way from /mijn/ to the desk, for the staff."""
    if is_staff(request.user):
        number = everything(request.user).total
        text = f"Er wacht nu: {number}." if number else "Er wacht niets."
        yield Mine("Balie", reverse("desk:desk"), text, waits=bool(number))
