"""What of the signpost waits for an editor."""

from datetime import datetime, time

from django.urls import reverse
from django.utils.timezone import localdate, make_aware

from kennispunt.signpost.models import Entry, Remark
from kennispunt.ui.staff import Waiting


def waiting(user):
    """Remarks of readers and providers, and entries that must be checked again."""
    if not user.has_perm("signpost.change_entry"):
        return
    for remark in Remark.objects.filter(done_at=None).select_related("entry"):
        address = reverse("signpost:remark", args=[remark.pk])
        yield Waiting("wegwijzer", str(remark), address, since=remark.sent_at)
    due = list(Entry.objects.to_check(on=localdate()).only("title", "check_again_on"))
    if due:
        first = make_aware(datetime.combine(due[0].check_again_on, time()))
        address = reverse("wagtailsnippets_signpost_entry:list")
        title = f"Wegwijzer nakijken: {due[0].title}"
        if len(due) > 1:
            title += f" en nog {len(due) - 1}"
        yield Waiting("nakijken", title, address, since=first, count=len(due))
