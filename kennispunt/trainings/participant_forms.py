"""The forms of the desk about the people of an edition: mail to them, and one put on by hand."""

from django import forms

from kennispunt.accounts.models import User
from kennispunt.parties.models import Mandate, Party
from kennispunt.trainings.models import EditionMail
from kennispunt.ui.cleaning import sought


class MailForm(forms.ModelForm):
    """A mail to a part of an edition."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = EditionMail
        fields = ["part", "subject", "body"]
        help_texts = {
            "subject": "Noem geen partij, geen mens en geen plaats: het onderwerp staat op een "
            "vergrendeld scherm.",
            "body": "Begin met het nieuws. ‘Hallo’ met de naam staat er al boven, en de training "
            "eronder.",
        }

    def __init__(self, *args, counts: dict[str, int], **options):
        super().__init__(*args, **options)
        self.fields["part"].choices = [
            (value, f"{label} ({counts[value]})") for value, label in EditionMail.Part.choices
        ]


class PutOnForm(forms.Form):
    """Somebody who speaks for a party, by the address of their account."""

    email = forms.EmailField(label="Mailadres van het account")
    party = forms.ModelChoiceField(
        Party.objects.none(), label="Voor welke partij?", required=False,
        help_text="Alleen nodig als iemand voor meer partijen spreekt.",
    )  # fmt: skip

    may_be_asked = ("party",)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        address = sought(self["email"].value() or "-")
        self.person = User.objects.filter(email__iexact=address).first()
        parties = Mandate.objects.open().filter(person=self.person).values("party")
        self.parties = list(Party.objects.filter(pk__in=parties)) if self.person else []
        self.fields["party"].queryset = Party.objects.filter(pk__in=[p.pk for p in self.parties])
        if len(self.parties) < 2:
            del self.fields["party"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("email"):
            return cleaned
        if not self.parties:
            self.add_error("email", "Niemand met dit adres spreekt voor een partij.")
        elif len(self.parties) == 1:
            cleaned["party"] = self.parties[0]
        elif not cleaned.get("party"):
            self.add_error("party", "Kies de partij.")
        return cleaned
