"""How a row points to a person. Nothing leads back: what a person is to a party is theirs."""

from django.conf import settings
from django.db import models


def about(**options) -> models.ForeignKey:
    """Whom the row is about: it goes when their account goes."""
    user = settings.AUTH_USER_MODEL
    return models.ForeignKey(user, on_delete=models.CASCADE, related_name="+", **options)


def done_by() -> models.ForeignKey:
    """Who did it: the row stays, and names nobody, when their account goes."""
    user = settings.AUTH_USER_MODEL
    return models.ForeignKey(user, on_delete=models.SET_NULL, null=True, related_name="+")
