"""What people fill in about their account."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms

from kennispunt.accounts.models import User
from kennispunt.mail import kinds, preferences


class LoginForm(AllauthLoginForm):
    """An address is enough: without a password a code is mailed."""

    def _setup_password_field(self):
        """Keep the field, which allauth takes away when signing up asks no password."""
        password = self.fields["password"]
        password.required = False
        password.label = "Wachtwoord"
        password.help_text = "Alleen als je er een hebt ingesteld. Anders mailen we je een code."
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].label = "Mailadres"


class DetailsForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name"]
        labels = {"name": "Je naam"}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class MailForm(forms.Form):
    """A tick for each kind of mail that one can choose."""

    def __init__(self, *args, address, **kwargs):
        super().__init__(*args, **kwargs)
        self.address = address
        chosen = preferences.chosen(address)
        for kind in kinds.every():
            if kind.optional:
                self.fields[kind.name] = forms.BooleanField(
                    label=kind.title, help_text=kind.text, required=False,
                    initial=chosen[kind.name],
                )  # fmt: skip

    def save(self):
        for name, wanted in self.cleaned_data.items():
            preferences.choose(self.address, name, wanted)
