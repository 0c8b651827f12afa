"""The forms about a colleague."""

from django import forms

from kennispunt.desk.colleagues import ROLES, takers
from kennispunt.ui.fields import AddressField, NameField


def role_ticks():
    return forms.MultipleChoiceField(
        label="Rollen",
        choices=[(name, f"{title}. {text}") for name, (title, text) in ROLES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één rol."},
    )


class InviteForm(forms.Form):
    name = NameField(label="Naam", max_length=150)
    address = AddressField(
        label="E-mailadres", help_text="Een eigen adres: hierheen gaan de codes om in te loggen."
    )
    roles = role_ticks()


class RolesForm(forms.Form):
    roles = role_ticks()


class RemoveForm(forms.Form):
    """For each thing that is held: who takes it over."""

    def __init__(self, *args, person, things, **kwargs):
        super().__init__(*args, **kwargs)
        for one in things:
            self.fields[one.name] = forms.ModelChoiceField(
                takers(one, person),
                label=one.title,
                required=False,
                empty_label="Niemand: het komt op de balie",
            )
