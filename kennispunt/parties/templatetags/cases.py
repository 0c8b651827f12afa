"""What our templates ask about cases."""

from datetime import date

from django import template

register = template.Library()

ORDER = {"fails": 0, "person": 1, "holds": 2}


@register.filter
def worst_first(findings):
    """Findings with what fails on top, then what a person has to look at."""
    return sorted(findings, key=lambda one: ORDER[one.result])


@register.filter
def as_day(kept):
    """A day as a decision keeps it among its facts: "2026-11-24"."""
    return date.fromisoformat(kept)
