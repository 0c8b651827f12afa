"""The work that waits for the staff about reaching griffiers."""

from datetime import datetime, time

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import make_aware

from kennispunt.office.staff import StaffPage, Waiting
from kennispunt.outreach.models import GriffieAddress, Mailing
from kennispunt.outreach.permissions import may_write
from kennispunt.pages.desk import REMARK


def waiting(user):
    """Letters to read, letters that came back, and addresses from which one came back."""
    if not may_write(user):
        return
    for mailing in Mailing.objects.waiting().exclude(written_by=user):
        title = f"Brief aan griffies nalezen: {mailing}"
        yield Waiting("brief", title, mailing.get_absolute_url(), since=mailing.written_at)
    # Of those who left, for everyone: somebody must take it up.
    mine = Q(written_by=user) | Q(written_by=None) | Q(written_by__is_active=False)
    for mailing in Mailing.objects.returned().filter(mine):
        yield Waiting(
            "terug",
            f"Kwam terug: {mailing}",
            mailing.get_absolute_url(),
            since=mailing.returned_at,
            note=Truncator(mailing.remark).chars(REMARK),
        )
    bounced = GriffieAddress.objects.current().exclude(bounced_on=None)
    found = bounced.aggregate(count=Count("pk"), first=Min("bounced_on"))
    if found["count"]:
        since = make_aware(datetime.combine(found["first"], time()))
        title = "Adressen van griffies die niet meer werken"
        address = reverse("outreach:mailings")
        yield Waiting("adres", title, address, since=since, count=found["count"])


def pages(user):
    if may_write(user):
        yield StaffPage(
            "Brieven aan griffies", reverse("outreach:mailings"), "Schrijven, nalezen, adressen"
        )
