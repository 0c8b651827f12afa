"""Tags for the templates about cases: {% load cases %}"""

from datetime import date

from django import template

from kennispunt.ui.templatetags.ui import status

register = template.Library()

ORDER = {"fails": 0, "person": 1, "holds": 2}
RESULTS = {"fails": ("faalt", "late"), "person": ("kijk zelf", "half"), "holds": ("klopt", "full")}
OUTCOMES = {
    "no": ("Nee: er is een regel die faalt", "late"),
    "review": ("Kijk zelf: er is twijfel", "half"),
    "maybe": ("Niets tegen gevonden", "full"),
}


@register.filter
def worst_first(findings):
    """Findings with what fails on top, then what a person has to look at."""
    return sorted(findings, key=lambda one: ORDER[one.result])


@register.simple_tag
def result(said):
    """Show the verdict of a rule on a fact, as a dot with its words: {% result finding.result %}"""
    words, dot = RESULTS[said]
    return status(words, dot=dot)


@register.simple_tag
def outcome(said):
    """Show what the rules propose, as a dot with its words: {% outcome proposal.outcome %}"""
    words, dot = OUTCOMES[said]
    return status(words, dot=dot)


@register.filter
def as_day(kept):
    """A day, also as a decision keeps it among its facts: "2026-11-24"."""
    return date.fromisoformat(kept) if isinstance(kept, str) else kept
