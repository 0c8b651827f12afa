"""What the list of everything that waits says of itself, and the way to it."""

from django.urls import reverse

from kennispunt.accounts.groups import is_staff
from kennispunt.accounts.registry import Mine
from kennispunt.office.staff import everything


def greeting(hour: int) -> str:
    """Where somebody works, we greet them."""
    if hour < 12:
        return "Goedemorgen"
    return "Goedemiddag" if hour < 18 else "Goedenavond"


def line_of_staff(request):
    """The way from /mijn/ to the desk, for who has one."""
    if is_staff(request.user):
        number = everything(request.user).total
        text = f"Er wacht nu: {number}." if number else "Er wacht niets."
        yield Mine("Balie", reverse("desk:desk"), text, waits=bool(number))
