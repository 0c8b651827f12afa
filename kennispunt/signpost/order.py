"""Which entries somebody sees, and in which order. No organisation stands above another.

The rule, as the page shows it: what is made for few roles first, because that fits best; then by
the alphabet; paid offers below what is not.
"""

from kennispunt.signpost.models import Entry

RULE = (
    "Bovenaan staat wat voor de minste rollen is gemaakt: dat past het best bij jou. "
    "Daarna gaat het op alfabet. Betaald aanbod staat onderaan. Niemand betaalt voor een plek."
)


def place(entry):
    return (entry.is_commercial, len(entry.roles), entry.title.lower())


def entries_for(role: str, need: str = "") -> list[Entry]:
    """What fits this role, and this need if there is one. One query, whatever their number."""
    # A few hundred rows at most: chosen here, the same on every database.
    found = Entry.objects.public().defer("words", "open_points")
    fitting = [one for one in found if role in one.roles and (not need or need in one.needs)]
    return sorted(fitting, key=place)


def urgent() -> list[Entry]:
    """Who helps when somebody is in danger."""
    return list(Entry.objects.public().filter(is_urgent=True))
