"""The promises of the office."""

from datetime import timedelta

from django.utils.timezone import localdate

from kennispunt.office.models import Lookup

KEEP_DAYS = 365


def forget_lookups(now):
    """Wie van ons iets van iemand bekeek, na een jaar."""
    old = localdate(now - timedelta(days=KEEP_DAYS))
    return Lookup.objects.filter(on__lt=old).delete()[0]


PROMISES = [forget_lookups]
