"""Forgetting what is of no use any more; there is nothing of people in it."""

from datetime import timedelta

from kennispunt.pagecache.models import Change


def forget_changes(now):
    """Veranderingen die de paginacache al lang kent, na een dag."""
    return Change.objects.filter(at__lt=now - timedelta(days=1)).delete()[0]


PROMISES = [forget_changes]
