"""Notes of the page that shows a person, about the colleague who looked; told to that person
at /mijn/inzage/. `what` says in our words what it was, as in "je aanmelding": never a name, and no
party."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from kennispunt.accounts.models import User
from kennispunt.accounts.registry import Mine
from kennispunt.office.models import Lookup


def looked(request: HttpRequest, persons: Iterable[User | None], what: str) -> None:
    """Tell these people that whoever asks for this page looked; once a day for each thing."""
    seen = {one.pk for one in persons if one and one.pk != request.user.pk}
    Lookup.objects.bulk_create(
        (
            Lookup(person_id=pk, staff=request.user, what=what, on=localdate())
            for pk in sorted(seen)
        ),
        ignore_conflicts=True,  # a second tab, or a second time today
    )


def line() -> Mine:
    """The line of /mijn/ that leads there."""
    return Mine("Wie er keek", reverse("office:lookups"), "Welke medewerker iets van jou opende.")


def export(person: User) -> list[dict]:
    return list(Lookup.objects.filter(person=person).values("what", "on", "staff__name"))


def erase(person: User) -> None:
    Lookup.objects.filter(person=person).delete()
