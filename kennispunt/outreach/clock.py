"""The tasks of the clock: approved letters go out, also what a killed process left."""

from django.utils import timezone
from django_tasks import task

from kennispunt.office import letters
from kennispunt.outreach import actions
from kennispunt.outreach.models import Mailing


@task()
def deliver_mailings():
    """Put every approved letter in the outbox, as far as it is not there yet."""
    for mailing in Mailing.objects.going():
        letters.deliver(mailing, at=timezone.now())


@task()
def mark_bounced():
    """Addresses from which a letter came back are set apart."""
    actions.mark_bounced(on=timezone.localdate())


EVERY_MINUTE = [deliver_mailings]
HOURLY = [mark_bounced]
