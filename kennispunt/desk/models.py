"""A row of the desk: when it last wrote to somebody of the staff."""

from django.conf import settings
from django.db import models


class MorningMail(models.Model):
    """When somebody of the staff last had the morning mail. One row a person, so one mail a day."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    went_at = models.DateTimeField("ging op", null=True)

    class Meta:
        verbose_name = "ochtendmail"
        verbose_name_plural = "ochtendmails"

    def __str__(self):
        return f"ochtendmail {self.pk}"
