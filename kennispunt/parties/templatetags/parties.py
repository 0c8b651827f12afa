"""Tags for the pages of the register: {% load parties %}"""

from django import template
from django.template.defaultfilters import floatformat
from django.utils.text import capfirst
from django.utils.timezone import localdate

from kennispunt.elections.models import Area
from kennispunt.parties.models import Party
from kennispunt.parties.permissions import rights_in_words

register = template.Library()


@register.inclusion_tag("parties/register/shares.html")
def shares(rows, *, caption):
    """Show how seats were divided, as a plot and as a table: {% shares rows caption="…" %}"""
    return {"rows": rows, "caption": caption, "parts": rows[0].parts if rows else ()}


@register.simple_tag
def rights(one):
    """Show what a mandate or an invitation opens today: {% rights mandate %}"""
    return rights_in_words(one, localdate())


@register.filter
def duties(mandate, status):
    """The role and what comes with it while the party has this status:
    "Bestuurslid, beheert de collega’s, stemt".
    """
    said = [capfirst(mandate.get_role_display())]
    said += ["beheert de collega’s"] * mandate.may_manage
    said += ["stemt"] * (mandate.may_vote and status == Party.Status.ELIGIBLE)
    return ", ".join(said)


@register.filter
def percent(value):
    """36.52 as "36,5%"."""
    return f"{floatformat(value, 1)}%"


@register.filter
def point(value):
    """A number for a drawing: with a point, whatever the language."""
    return f"{value:.2f}"


@register.filter
def where(found):
    """Say where and when a list that was found stood: "Gemeente Assen, laatst in 2026"."""
    kind = Area.Kind(found["result__area__kind"]).label
    return f"{kind.capitalize()} {found['result__area__name']}, laatst in {found['last'].year}"
