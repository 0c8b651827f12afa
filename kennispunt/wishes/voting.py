"""The choices of parties in the vote on themes."""

from django.db.models import Count, Q

from kennispunt.parties.models import Party
from kennispunt.trainings.models import Theme


def voted_by(party: Party, year: int) -> list[Theme]:
    """The themes that this party chose for the programme of this year."""
    return list(Theme.objects.filter(votes__year=year, votes__party=party))


def results(year: int):
    """All themes with `count`: how many parties chose it for that year."""
    in_year = Count("votes", filter=Q(votes__year=year))
    return Theme.objects.annotate(count=in_year).order_by("-count", "name")
