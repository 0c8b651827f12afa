"""The promise of docs/privacy.md about reactions."""

from datetime import timedelta

from django.utils.timezone import localdate

from kennispunt.pages.models import Reaction


def forget_reactions(now):
    """Reacties op teksten, na 90 dagen."""
    return Reaction.objects.filter(day__lt=localdate(now) - timedelta(days=90)).delete()[0]


PROMISES = [forget_reactions]
