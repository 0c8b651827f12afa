"""What our templates ask about cases."""

from django import template

register = template.Library()

ORDER = {"fails": 0, "person": 1, "holds": 2}


@register.filter
def worst_first(findings):
    """Findings with what fails on top, then what a person has to look at."""
    return sorted(findings, key=lambda one: ORDER[one.result])
