"""Pieces of the pages of the desk about an edition and its people: {% load planning %}."""

from django import template
from django.utils import timezone

from kennispunt.trainings.models import Edition
from kennispunt.ui.templatetags.ui import status

register = template.Library()


@register.simple_tag
def fullness(edition):
    """The places of an edition that was counted(), in numbers: "12 van de 16, 3 wachten"."""
    if edition.status == Edition.Status.CANCELLED:
        return status("Gaat niet door", dot="late")
    waiting = {0: "", 1: ", 1 wacht"}.get(edition.waiting, f", {edition.waiting} wachten")
    words = f"{edition.taken} van de {edition.places} plaatsen{waiting}"
    if edition.status == Edition.Status.DRAFT:
        return status(f"In voorbereiding, {edition.places} plaatsen")
    if edition.starts_at > timezone.now() and edition.taken < edition.minimum:
        return status(f"{words}, {edition.minimum} nodig", dot="half")
    return status(words, dot="full" if edition.taken >= edition.places else "open")


@register.inclusion_tag("trainings/desk/participant.html", takes_context=True)
def participant(context, one, kind, has_begun, why=""):
    """One line of the list of names. Kinds: placed, offered, waiting, gone."""
    return {
        "one": one, "kind": kind, "why": why, "has_begun": has_begun,
        "csrf_token": context["csrf_token"],
    }  # fmt: skip
