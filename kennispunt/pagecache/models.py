"""The row that tells every process that public pages may look different now."""

from django.db import models


class Change(models.Model):
    """Something that pages may show was written: a row in the very transaction that wrote it.

    Rows, not a counter: a counter would make every writer wait for the one before.
    """

    at = models.DateTimeField("op", auto_now_add=True)

    class Meta:
        verbose_name = "verandering"
        verbose_name_plural = "veranderingen"

    def __str__(self):
        return f"{self.at:%d-%m-%Y %H:%M:%S}"
