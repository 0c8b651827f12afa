"""Links from a row to a person. Nothing leads back: a person's tie to a party is theirs."""

from django.conf import settings
from django.db import models


def about(**options) -> models.ForeignKey:
    """Return the link to the person that the row is about: it goes when their account goes."""
    user = settings.AUTH_USER_MODEL
    return models.ForeignKey(user, on_delete=models.CASCADE, related_name="+", **options)


def done_by() -> models.ForeignKey:
    """Return the link to the person who did it: the row stays, and names nobody, when they go."""
    user = settings.AUTH_USER_MODEL
    return models.ForeignKey(user, on_delete=models.SET_NULL, null=True, related_name="+")
