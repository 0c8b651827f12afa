"""What the clock starts: letters that a killed process left half sent go on."""

from django.utils import timezone
from django_tasks import task

from kennispunt.outreach import actions
from kennispunt.outreach.models import Mailing


@task()
def deliver_mailings():
    """Put every approved letter that is not wholly in the outbox there."""
    for mailing in Mailing.objects.going():
        actions.deliver(mailing, at=timezone.now())


@task()
def mark_bounced():
    """Addresses from which a letter came back are set apart."""
    actions.mark_bounced(on=timezone.localdate())


EVERY_MINUTE = [deliver_mailings]
HOURLY = [mark_bounced]
