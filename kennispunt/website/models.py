"""What the front door keeps: when the clock last started each job."""

from django.db import models


class Tick(models.Model):
    """When the clock last enqueued a job. A row that stays behind: a clock that stands still."""

    job = models.CharField("taak", max_length=200, unique=True)
    last = models.DateTimeField("laatst", null=True)

    class Meta:
        verbose_name = "klokslag"
        verbose_name_plural = "klokslagen"

    def __str__(self):
        return self.job
