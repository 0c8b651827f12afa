"""Actions: count an opening, mark addresses whose mail came back. Letters: office/letters.py."""

from datetime import date

from django.db.models import Exists, F, OuterRef

from kennispunt.elections.models import Area
from kennispunt.mail.models import OutgoingMail
from kennispunt.outreach.models import GriffieAddress, Mailing, Opening


def count_opening(area: Area, *, on: date) -> None:
    """Count one more opening of the short address of this area in this month, and no more."""
    month = on.replace(day=1)
    Opening.objects.get_or_create(area=area, month=month)
    Opening.objects.filter(area=area, month=month).update(times=F("times") + 1)


def mark_bounced(*, on: date) -> int:
    """Set addresses aside from which a letter came back since they were checked: staff look first.

    Return how many were found.
    """
    came_back = OutgoingMail.objects.filter(
        purpose=Mailing.PURPOSE, status=OutgoingMail.Status.FAILED, to=OuterRef("email"),
        created_at__date__gte=OuterRef("checked_on"),
    ).exclude(held__in=OutgoingMail.Held.OURS)  # fmt: skip
    return GriffieAddress.objects.reachable().filter(Exists(came_back)).update(bounced_on=on)
