"""The forms about one's own account."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    AddEmailForm,
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    ResetPasswordForm,
)
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.validators import MaxLengthValidator

from kennispunt.accounts import log
from kennispunt.accounts.limiting import may_mail, use_code
from kennispunt.accounts.models import User
from kennispunt.mail import preferences
from kennispunt.ui.fields import AddressField, CodeField, NameField


def as_mail_address(field):
    """One word for it on every screen, no second label that goes when one types, and no longer
    than a mail address can be."""
    longest = User._meta.get_field("email").max_length
    field.widget.attrs.pop("placeholder", None)
    new = AddressField(label="Mailadres", widget=field.widget, help_text=field.help_text)
    new.validators.append(MaxLengthValidator(longest, "Dit is te lang voor een mailadres."))
    return new


def limited(address):
    """The address, or words at its field: not more mail to it than anybody can use."""
    if context.request and not may_mail(context.request, address):
        raise get_adapter().validation_error("too_much_mail")
    return address


class Address:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"] = as_mail_address(self.fields["email"])

    def clean_email(self):
        return limited(super().clean_email())


class SignupForm(Address, AllauthSignupForm):
    pass


class NewAddressForm(Address, AddEmailForm):
    pass


class ForgottenForm(Address, ResetPasswordForm):
    pass


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
        self.fields["login"] = as_mail_address(self.fields["login"])

    def _clean_without_password(self, email, phone):
        cleaned = super()._clean_without_password(email, phone)
        if not self.errors and email:
            try:
                limited(email)
            except forms.ValidationError as refusal:
                self.add_error("login", refusal)
        return cleaned


class Code:
    """As it was pasted, too: with another dash, spaces, or what nobody sees.

    The label says what it is; a word in the field that goes when one types only hides.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        old = self.fields["code"]
        old.widget.attrs.pop("placeholder", None)
        self.fields["code"] = CodeField(label=old.label, widget=old.widget)

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self.errors:
            log.code_refused(getattr(self, "user", None))


class LoginCodeForm(Code, ConfirmLoginCodeForm):
    pass


class SecondStepForm(Code, AuthenticateForm):
    @property
    def has_app(self):
        """Whether this person has an app with codes, or reserve codes alone."""
        return is_mfa_enabled(self.user, [Authenticator.Type.TOTP])


class OnceMoreForm(Code, ReauthenticateForm):
    pass


class AddressCodeForm(Code, ConfirmEmailVerificationCodeForm):
    pass


class DetailsForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name"]
        field_classes = {"name": NameField}
        labels = {"name": "Je naam"}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class MailForm(forms.Form):
    """A tick for each of these kinds of mail that one can choose."""

    def __init__(self, *args, address, of, **kwargs):
        super().__init__(*args, **kwargs)
        self.address = address
        chosen = preferences.chosen(address)
        for kind in of:
            if kind.optional:
                self.fields[kind.name] = forms.BooleanField(
                    label=kind.title, help_text=kind.text, required=False,
                    initial=chosen[kind.name],
                )  # fmt: skip

    def save(self):
        for name, wanted in self.cleaned_data.items():
            preferences.choose(self.address, name, wanted)


class AlwaysTicked(forms.CheckboxInput):
    """allauth's script looks whether it is ticked; the reader need not know of it."""

    is_hidden = True

    def __init__(self):
        super().__init__(attrs={"hidden": True})


class PasskeyForm(AddWebAuthnForm):
    """allauth would also make a key that does not sign in by itself: that is no passkey."""

    name = forms.CharField(label="Naam", required=False)
    passwordless = forms.BooleanField(initial=True, widget=AlwaysTicked)


class AppForm(ActivateTOTPForm):
    """The first code of an app, to show that it works. It does not sign in after that."""

    code = CodeField(
        label="De zes cijfers van je app",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self):
        code = super().clean_code()
        if not use_code(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code
