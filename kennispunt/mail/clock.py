"""Every minute: send what is due, fetch what came, and take back what a killed worker held."""

from django.utils import timezone
from django_tasks import task

from kennispunt.mail import fetching, intake
from kennispunt.mail.delivery import wake


@task()
def deliver_by_the_clock():
    """The clock's own task, so that one can see when the clock last came by (desk.py)."""
    wake()


@task()
def fetch_mail():
    """Empty the mailbox, and handle what was kept and is still there."""
    fetching.fetch(timezone.now())
    intake.wake_when_due(timezone.now())


@task()
def forget_fetched():
    fetching.forget_fetched(timezone.now())


EVERY_MINUTE = [deliver_by_the_clock, fetch_mail]
DAILY = [forget_fetched]
