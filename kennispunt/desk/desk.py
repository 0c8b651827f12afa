"""Pages of the desk that are of no app alone."""

from django.urls import reverse

from kennispunt.accounts.groups import is_staff
from kennispunt.ui.staff import StaffPage


def pages(user):
    if is_staff(user):
        yield StaffPage("Cijfers", reverse("desk:figures"), "Wat er staat en wat er gebeurde")
        yield StaffPage("Via de griffier", reverse("desk:griffiers"), "Hoeveel partijen zo kwamen")
