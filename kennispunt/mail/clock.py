"""Every minute: send what is due, and take back what a killed worker held."""

from django_tasks import task

from kennispunt.mail.delivery import wake


@task()
def deliver_by_the_clock():
    """The clock's own task, so that one can see when the clock last came by (desk.py)."""
    wake()


EVERY_MINUTE = [deliver_by_the_clock]
