"""What of trainings waits for the staff."""

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.parties.models import Case
from kennispunt.parties.permissions import may_decide
from kennispunt.trainings.models import Registration
from kennispunt.ui.staff import Waiting


def waiting(user):
    """All of it; each part gives nothing to who may not do it."""
    yield from undecided(user)


def undecided(user):
    """Parties of which somebody has a provisional place: decide before the training begins."""
    if not may_decide(user):
        return
    coming = Registration.objects.live().filter(
        is_provisional=True, edition__starts_at__gt=timezone.now()
    )
    first = dict(coming.values_list("party").annotate(Min("edition__starts_at")))
    for case in Case.objects.open().filter(party__in=first):
        yield Waiting(
            "training",
            "Besluit over een partij met een voorlopige plek",
            reverse("parties:case", args=[case.pk]),
            since=case.opened_at,
            due=localdate(first[case.party_id]),
        )
