"""The times at which the clock last started each job, and the workers that live."""

from django.db import models


class Tick(models.Model):
    """The last time the clock came by a job. A row that stays behind: a clock that stands still."""

    job = models.CharField("taak", max_length=200, unique=True)
    last = models.DateTimeField("laatst", null=True)

    class Meta:
        verbose_name = "klokslag"
        verbose_name_plural = "klokslagen"

    def __str__(self):
        return self.job


class Worker(models.Model):
    """A process that runs the tasks, and when it last said that it lives.

    What a worker was doing that is silent too long, another does again (work.py).
    """

    name = models.CharField("naam", max_length=64, unique=True)
    last = models.DateTimeField("laatst")

    class Meta:
        verbose_name = "werker"
        verbose_name_plural = "werkers"

    def __str__(self):
        return self.name
