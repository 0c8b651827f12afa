"""Forms in which editors fill in what is kept as a list."""

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

ROLES = [
    ("oprichter", "Oprichter"),
    ("bestuurslid", "Bestuurslid"),
    ("vrijwilliger", "Vrijwilliger"),
    ("kandidaat", "Kandidaat"),
    ("raadslid", "Raadslid"),
    ("wethouder", "Wethouder"),
    ("statenlid", "Statenlid"),
    ("ab-lid", "Lid van het algemeen bestuur van een waterschap"),
    ("fractieondersteuner", "Fractieondersteuner"),
    ("griffier", "Griffier"),
]
PHASES = [
    ("oprichten", "Oprichten"),
    ("elk-jaar", "Elk jaar"),
    ("m-24", "24 maanden voor de verkiezing"),
    ("m-18", "18 maanden voor de verkiezing"),
    ("m-12", "12 maanden voor de verkiezing"),
    ("m-6", "6 maanden voor de verkiezing"),
    ("m-3", "3 maanden voor de verkiezing"),
    ("m-1", "De laatste maand"),
    ("na-de-uitslag", "Na de uitslag"),
    ("jaar-1", "Jaar 1 van de raad"),
    ("jaar-2", "Jaar 2 van de raad"),
    ("jaar-3", "Jaar 3 van de raad"),
]
ELECTIONS = [
    ("gr", "Gemeenteraad"),
    ("ps", "Provinciale staten"),
    ("ws", "Waterschap"),
    ("er", "Eilandsraad"),
    ("herindeling", "Herindeling"),
]


class Lines(forms.CharField):
    """A list of short texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


def ticks(label, choices, help_text=""):
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )


class TextForm(WagtailAdminPageForm):
    laws = Lines(label="Wetten", required=False, help_text="Eén per regel: Kieswet G 3.")
    related = Lines(
        label="Lees ook", required=False, help_text="Eén per regel: artikel:statuten-opstellen."
    )
