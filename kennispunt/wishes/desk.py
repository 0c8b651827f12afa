"""Work of wishes that waits for the staff. Titles name a theme and a place, never a party."""

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone

from kennispunt.office.staff import StaffPage, Waiting
from kennispunt.trainings.permissions import may_plan
from kennispunt.wishes.models import CustomRequest, Wish
from kennispunt.wishes.periods import WISH_THRESHOLD


def waiting(user):
    """Yield what enough parties want, and what one party asks; nothing for others than planners."""
    if may_plan(user):
        yield from ripe_wishes()
        yield from custom_requests()


def pages(user):
    if may_plan(user):
        yield StaffPage(
            "Wat partijen willen", reverse("wishes:wanted"), "Wensen, maatwerk en stemmen."
        )


def ripe_wishes():
    """Enough parties want it: the desk proposes an edition."""
    for one in Wish.objects.ripe().prefetch_related("voices"):
        made = sorted(voice.made_on for voice in one.voices.all())
        yield Waiting(
            kind="wens",
            title=f"{one.parties} partijen willen een training: {one}",
            address=reverse("wishes:wanted_one", args=[one.pk]),
            since=begin_of(made[min(WISH_THRESHOLD, len(made)) - 1]),
        )


def custom_requests():
    for one in CustomRequest.objects.for_us().select_related("town"):
        what = "Beloofd bij een vraag" if one.promised_on else "Vraag"
        yield Waiting(
            kind="maatwerk",
            title=f"{what} om maatwerk uit {one.town.name}",
            address=reverse("wishes:requested", args=[one.pk]),
            since=one.answered_at or one.made_at,
            due=one.promised_on,
        )


def begin_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))
