"""Permissions of wishes. What the desk does with them: trainings.permissions.may_plan."""

from kennispunt.parties.models import Party
from kennispunt.parties.permissions import may_book_places


def may_wish(user, party: Party) -> bool:
    """Whoever takes places for a party also asks for a training, or takes that back."""
    return may_book_places(user, party)
