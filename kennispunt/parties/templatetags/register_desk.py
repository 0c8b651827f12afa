"""The forms and buttons on the page of one party in the register."""

from django import template

register = template.Library()


@register.filter
def part(forms, name):
    """The form with a name that a template cannot write."""
    return forms[name]


@register.inclusion_tag("parties/keeping/change.html", takes_context=True)
def change(context, party, form, part, title, button):
    """A form that opens on a press; open by itself when something in it is not right."""
    return {
        "party": party, "form": form, "part": part, "title": title, "button": button,
        "csrf_token": context["csrf_token"],
    }  # fmt: skip


@register.inclusion_tag("parties/keeping/take_away.html", takes_context=True)
def take_away(context, party, what, pk, name):
    """A button that takes one thing back."""
    return {
        "party": party, "what": what, "pk": pk, "name": name, "csrf_token": context["csrf_token"],
    }  # fmt: skip
