"""The notes of the office about looking: of which colleague, at which person. Never a party."""

from django.conf import settings
from django.db import models


class Lookup(models.Model):
    """Somebody of the staff looked at what we keep of a person. That person sees it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The row stays, and names nobody, when the account of the colleague goes.
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    what = models.CharField("wat", max_length=60)  # a kind of thing, in our words: never a name
    on = models.DateField("op")

    class Meta:
        db_table = "parties_lookup"  # where it began
        ordering = ["-on", "-pk"]
        verbose_name = "inzage"
        verbose_name_plural = "inzages"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "staff", "what", "on"], name="lookup_is_told_once_a_day"
            ),
        ]

    def __str__(self):
        return f"inzage {self.pk}"
