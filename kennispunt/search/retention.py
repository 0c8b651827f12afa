"""The periods after which we forget searches: the promises of docs/privacy.md."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from kennispunt.search.models import MissedQuery

KEPT = timedelta(weeks=26)


def forget_missed_queries(now: datetime) -> int:
    """Drop what was asked in vain longer than 26 weeks ago; return how many."""
    return MissedQuery.objects.filter(week__lt=localdate(now - KEPT)).delete()[0]


PROMISES = [forget_missed_queries]
