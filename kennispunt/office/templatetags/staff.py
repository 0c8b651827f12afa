"""Pieces of pages of the staff: {% load staff %}."""

from django import template
from django.utils.timezone import localdate

from kennispunt.office import staff

register = template.Library()
MOST = 20  # beside a case; all of it is on the desk


@register.inclusion_tag("office/beside.html", takes_context=True)
def queue(context):
    """Show the work that waits for the reader, beside the case on the screen: {% queue %}"""
    request, today = context["request"], localdate()
    waiting = staff.everything(request.user)
    return {
        "parts": staff.by_time(waiting[:MOST], today),
        "more": max(len(waiting) - MOST, 0),
        "today": today,
        "here": request.path,
        "desk": staff.DESK,
    }
