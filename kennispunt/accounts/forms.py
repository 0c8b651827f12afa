"""What people fill in about their account."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms

from kennispunt.accounts.models import User


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
