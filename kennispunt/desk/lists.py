"""The words of the list of everything that waits, and the way to it."""

from django.urls import reverse

from kennispunt.accounts.groups import is_staff
from kennispunt.accounts.registry import Mine
from kennispunt.desk.models import MorningMail
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


def export_morning(person) -> list:
    """When this person last had the morning mail."""
    return list(MorningMail.objects.filter(person=person).values("went_at"))


def erase_morning(person) -> None:
    MorningMail.objects.filter(person=person).delete()
