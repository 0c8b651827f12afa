"""The counts of what was done: kept in the database, where all processes see them."""

from django.db import models


class Count(models.Model):
    """The number of times somebody did something since the first time, until it is forgotten.

    The key is a fingerprint (counting.fingerprint): nobody can read from it who or what it was.
    """

    key = models.CharField(max_length=64, primary_key=True)
    number = models.BigIntegerField("aantal")
    until = models.DateTimeField("tot", db_index=True)

    class Meta:
        verbose_name = "telling"
        verbose_name_plural = "tellingen"

    def __str__(self):
        return f"telling tot {self.until:%d-%m-%Y %H:%M}"
