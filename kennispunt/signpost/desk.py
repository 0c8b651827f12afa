"""The work that waits for an editor of the signpost."""

from datetime import datetime, time

from django.urls import reverse
from django.utils.timezone import localdate, make_aware

from kennispunt.office.staff import Pile, Waiting
from kennispunt.signpost.models import Entry, Remark
from kennispunt.signpost.permissions import may_edit


def waiting(user):
    """Remarks of readers and providers, and entries that must be checked again."""
    if not may_edit(user):
        return
    remarks = Remark.objects.filter(done_at=None).select_related("entry")
    yield Pile("wegwijzer", remarks, line_of_remark)
    due = Entry.objects.to_check(on=localdate())
    if number := due.count():
        first = due.only("title", "check_again_on")[0]
        since = make_aware(datetime.combine(first.check_again_on, time()))
        address = reverse("wagtailsnippets_signpost_entry:list")
        title = f"Wegwijzer nakijken: {first.title}"
        if number > 1:
            title += f" en nog {number - 1}"
        yield Waiting("nakijken", title, address, since=since, count=number)


def line_of_remark(remark):
    address = reverse("signpost:remark", args=[remark.pk])
    return Waiting("wegwijzer", str(remark), address, since=remark.sent_at)
