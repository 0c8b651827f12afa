"""What of reaching griffiers waits for staff."""

from datetime import datetime, time

from django.urls import reverse
from django.utils.timezone import make_aware

from kennispunt.outreach.models import GriffieAddress, Mailing
from kennispunt.outreach.permissions import MAY_WRITE
from kennispunt.ui.staff import StaffPage, Waiting


def waiting(user):
    """Letters that ask a second pair of eyes, and addresses from which a letter came back."""
    if not user.has_perm(MAY_WRITE):
        return
    for mailing in Mailing.objects.filter(approved_at=None).exclude(written_by=user):
        title = f"Brief aan griffies nalezen: {mailing}"
        yield Waiting("brief", title, mailing.get_absolute_url(), since=mailing.written_at)
    bounced = list(GriffieAddress.objects.current().exclude(bounced_on=None).order_by("bounced_on"))
    if bounced:
        since = make_aware(datetime.combine(bounced[0].bounced_on, time()))
        title = "Adressen van griffies die niet meer werken"
        address = reverse("outreach:mailings")
        yield Waiting("adres", title, address, since=since, count=len(bounced))


def pages(user):
    if user.has_perm(MAY_WRITE):
        yield StaffPage(
            "Brieven aan griffies", reverse("outreach:mailings"), "Schrijven, nalezen, adressen"
        )
