"""The voice of allauth: every mail and message about an account passes through here."""

from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone

from kennispunt.accounts import limiting
from kennispunt.mail.send import send

CODE = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
# A mail with a key to the account is wiped when the key stops working.
EXPIRES = {
    "login_code": CODE,
    "email_confirmation": CODE,
    "email_confirmation_signup": CODE,
    "email_changed": timedelta(days=1),  # to the address of before: retention.py
    "password_reset_key": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
}
TRY_AGAIN = "Deze code klopt niet. Kijk of je alle letters en cijfers hebt."


class AccountAdapter(DefaultAccountAdapter):
    """allauth, through our outbox and in our words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Dit account staat uit. Mail ons als je weer wilt inloggen.",
        "cannot_remove_primary_email": "Met dit adres log je in. Je kunt het niet weghalen.",
        "duplicate_email": "Dit adres hoort al bij je account.",
        "email_password_mismatch": "Mailadres of wachtwoord klopt niet. Laat het wachtwoord leeg, "
        "dan mailen we je een code.",
        "email_taken": "Er is al een account met dit mailadres. Log daarmee in.",
        "enter_current_password": "Vul je huidige wachtwoord in.",
        "incorrect_code": TRY_AGAIN,
        "incorrect_password": "Dit wachtwoord klopt niet. Probeer het nog eens.",
        "invalid_or_expired_key": "Deze link werkt niet meer. Vraag een nieuwe aan.",
        "invalid_login": "Inloggen lukte niet. Probeer het nog eens.",
        "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe aan.",
        "max_email_addresses": "Je kunt hooguit %d mailadressen hebben.",
        "too_many_login_attempts": "Dit ging te vaak achter elkaar. Wacht een paar minuten en "
        "probeer het opnieuw.",
        "unknown_email": "We kennen dit mailadres niet.",
        "unverified_primary_email": "Bevestig eerst je mailadres.",
        "select_only_one": "Kies er een.",
        "same_as_current": "Dit is je adres van nu. Vul een ander adres in.",
        "rate_limited": "Je vroeg dit te vaak achter elkaar. Wacht een paar minuten.",
        "too_much_mail": "We stuurden al veel mails naar dit adres. Kijk ook bij de ongewenste "
        "mail. Staat er niets? Wacht een uur en probeer het opnieuw.",
    }

    def send_mail(self, template_prefix, email, context):
        """Through the outbox, before all other mail: somebody waits at the screen.

        Not without end to one address: the forms say so at the field, before it comes to this.
        """
        name = template_prefix.rpartition("/")[2]
        request = current.request
        if name in limiting.BY_STRANGERS and request and not limiting.mails(request, email):
            raise ImmediateHttpResponse(respond_429(request))
        lasts = EXPIRES.get(name)
        if request and "signup_url" in context and (onward := get_next_redirect_url(request)):
            context["signup_url"] += f"?{urlencode({'next': onward})}"
        context = {key: value for key, value in context.items() if key not in {"request", "email"}}
        send(
            f"{template_prefix}.md", to=email, purpose=f"account.{name}", urgent=True,
            expires_at=lasts and timezone.now() + lasts, **context,
        )  # fmt: skip

    def get_reauthentication_methods(self, user):
        """The ways to show once more who you are, named by what you do; the easiest is asked."""
        words = {
            "mfa_reauthenticate:webauthn": "Gebruik je passkey",
            "reauthenticate": "Gebruik je wachtwoord",
            "mfa_reauthenticate": "Gebruik je app of een reservecode",
        }
        methods = {way["id"]: way for way in super().get_reauthentication_methods(user)}
        return [methods[id] | {"description": words[id]} for id in words if id in methods]


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor, in our words."""

    def generate_authenticator_name(self, user, type):
        """Return the name that stands ready in the field for a new passkey."""
        made = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {made + 1}"

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": "Zet eerst de app met codes uit. Verander daarna je mailadres.",
        "cannot_delete_authenticator": "Dit kun je niet uitzetten.",
        "cannot_generate_recovery_codes": "Reservecodes krijg je als je een passkey of app hebt.",
        "incorrect_code": TRY_AGAIN,
        "unverified_email": "Bevestig eerst je mailadres.",
    }
