"""Asking once more who one is: a computer that was left open must not give an account away."""

import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login

# Pages of /account/ with which one signs in elsewhere, or keeps the owner out. allauth asks at
# some of them, and never whoever signs in with mailed codes alone.
KEYS = {
    "account_email",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}


# Pages of the back office with which one does the same to the account of another.
OF_OTHERS = {
    f"wagtailusers_{kind}:{act}"
    for kind in ("users", "groups")
    for act in ("add", "edit", "delete")
}


def is_key(request) -> bool:
    """Whether this page gives an account away: that of the reader, or one that they may change."""
    match = request.resolver_match
    if match.view_name == "wagtail_bulk_action":
        of_others = match.kwargs["app_label"] == "accounts"
    else:
        of_others = match.view_name in OF_OTHERS
    # Without a session nobody is looked up, so that the page can be cached for everyone.
    return match.view_name in KEYS or (of_others and request.user.has_perm("accounts.change_user"))


def showed_lately(request) -> bool:
    """Whether this person showed in the last minutes who they are."""
    shown = get_authentication_records(request, request.user)
    return bool(shown) and time.time() - shown[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def ask(request):
    """By password, passkey or app, which is allauth's; who has none of these signs in again."""
    if methods := get_adapter().get_reauthentication_methods(request.user):
        return suspend_request(request, methods[0]["url"])
    logout(request)
    messages.info(request, "Log nog een keer in. Daarna kun je hier verder.")
    return redirect_to_login(request.get_full_path())
