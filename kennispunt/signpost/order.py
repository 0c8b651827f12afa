"""The entries that somebody sees, and their order. No organisation stands above another.

The rules, as the pages show them: what is made for few roles first, because that fits best; then by
the alphabet; paid offers below what is not. Three to five at once: what has fewer is no choice of
its own but stands on the page of the role, what has more comes behind a fold.
"""

from typing import NamedTuple

from kennispunt.signpost.choices import NEEDS_IN_FULL, Need
from kennispunt.signpost.models import Entry

AT_LEAST = 3  # fewer is no choice, and saves a step
AT_ONCE = 5  # more than these few is a choice again
RULE = (
    "Bovenaan staat wat voor de minste rollen is gemaakt: dat past het best bij jou. "
    "Daarna gaat het op alfabet. Betaald aanbod staat onderaan. Niemand betaalt voor een plek."
)


def place(entry):
    return (entry.is_commercial, len(entry.roles), entry.title.lower())


def fitting(role: str) -> list[Entry]:
    """Return what fits this role, in order. One query, whatever their number."""
    # A few hundred rows at most: chosen here, the same on every database.
    found = Entry.objects.public().defer("words", "open_points")
    return sorted((one for one in found if role in one.roles), key=place)


def entries_for(role: str, need: str) -> list[Entry]:
    """Return what fits this role and this need, in order."""
    return [one for one in fitting(role) if need in one.needs]


class Choices(NamedTuple):
    """The choices of a role: the needs with enough that fits, and what is under none of them."""

    needs: list[tuple[str, Need]]
    besides: list[Entry]


def choices_of(role: str) -> Choices:
    found = fitting(role)
    needs = [
        (slug, need)
        for slug, need in NEEDS_IN_FULL.items()
        if sum(slug in one.needs for one in found) >= AT_LEAST
    ]
    reached = {slug for slug, _ in needs}
    return Choices(needs, [one for one in found if not reached.intersection(one.needs)])


def urgent() -> list[Entry]:
    """Return those who help when somebody is in danger."""
    return list(Entry.objects.public().filter(is_urgent=True))
