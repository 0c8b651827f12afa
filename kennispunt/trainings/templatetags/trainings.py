"""Pieces of our pages: {% load trainings %}{% places_left edition %}"""

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from kennispunt.trainings import page_parts
from kennispunt.trainings.models import Edition
from kennispunt.ui.templatetags.ui import status

register = template.Library()

FEW = 5


@register.simple_tag
def places_left(edition):
    """The places of an edition that was counted(): "Nog 4 plaatsen", "Vol, 3 op de wachtlijst"."""
    if edition.status == Edition.Status.CANCELLED:
        return status("Gaat niet door", dot="late")
    now = timezone.now()
    if edition.is_over(now):
        return status("Geweest", dot="full")
    if edition.opens_at and edition.opens_at > now:
        return status("Inschrijven kan nog niet")
    if not edition.takes_sign_ups(now):
        return status("Inschrijven kan niet meer", dot="full")
    left = edition.places - edition.taken
    if left <= 0 or edition.waiting:
        waiting = f", {edition.waiting} op de wachtlijst" if edition.waiting else ""
        return status(f"Vol{waiting}", dot="full")
    if left == 1:
        return status("Nog 1 plaats", dot="half")
    if left <= FEW or left * 2 < edition.places:
        return status(f"Nog {left} plaatsen", dot="half")
    return status("Genoeg plaats")


@register.simple_tag(takes_context=True, name="page_parts")
def parts(context, page):
    """Show the parts of apps above on this page: {% page_parts "agenda" %}"""
    return page_parts.of(page, context["request"])


@register.filter
def has_earned(registration) -> bool:
    """Whether there is a certificate; with meetings and attendances prefetched it asks nothing."""
    return registration.has_earned


@register.filter
def hours(one):
    """Return the hours in Dutch time, never broken: "19.30–22.00 uur"."""
    begins, ends = (
        date_format(localtime(moment), "H.i") for moment in (one.starts_at, one.ends_at)
    )
    return f"{begins}–\u2060{ends}\u00a0uur"


@register.filter
def days_and_hours(edition):
    """Return the hours below a date: "donderdag 19.30–22.00 uur", or how many evenings."""
    meetings = list(edition.meetings.all()) or [edition]
    day = date_format(localtime(meetings[0].starts_at), "l")
    if len(meetings) == 1:
        return f"{day} {hours(meetings[0])}"
    return f"{len(meetings)} keer, de eerste op {day} {hours(meetings[0])}"


@register.filter
def first_name(name):
    """Return the first name of a trainer: "Tess de Vries" is Tess."""
    return name.split()[0]
