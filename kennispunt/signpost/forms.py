"""The forms of readers, providers and editors."""

from django import forms

from kennispunt.pages.forms import Lines, TextForm, ticks
from kennispunt.signpost.choices import ROLES


class RemarkForm(forms.Form):
    text = forms.CharField(
        label="Wat klopt er niet?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Bijvoorbeeld: de link werkt niet meer, of dit kost nu wel geld.",
        error_messages={"required": "Schrijf op wat er niet klopt. Eén zin is genoeg."},
    )


class ChangeForm(RemarkForm):
    """The same, for who offers the help."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "Wat moet er anders?"
        self.fields["text"].help_text = "Een medewerker leest je voorstel en past de tekst aan."


class DossierForm(TextForm):
    roles = ticks("Voor wie", ROLES)
    open_points = Lines(
        label="Open punten",
        required=False,
        help_text="Wat nog na te kijken is, één per regel. Bezoekers zien dit niet.",
    )
