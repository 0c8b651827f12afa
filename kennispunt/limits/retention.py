"""The counts that we forget: those that no longer limit anything."""

from datetime import datetime

from kennispunt.limits.models import Count


def forget_counts(now: datetime) -> int:
    """Hoe vaak iets gedaan is, als de termijn voorbij is: hooguit een dag."""
    return Count.objects.filter(until__lte=now).delete()[0]


PROMISES = [forget_counts]
