"""Who may enter the desk or the back office needs more than a mailbox."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from kennispunt.accounts.groups import is_staff

BACK_OFFICE = "/beheer/"
DESK = "/balie/"


def second_factor_for_staff(get_response):
    """Refuse who is no staff; send staff without a second factor to where they get one.

    Who has one was asked for it: allauth asks at every signing in, and setting one up ends the
    other sessions (signals.py).
    """

    def middleware(request):
        if not request.path.startswith((BACK_OFFICE, DESK)) or request.user.is_anonymous:
            return get_response(request)
        if not may_enter(request):
            # Wagtail would send them to sign in, and signing in would send them back.
            raise PermissionDenied
        if not is_mfa_enabled(request.user):
            messages.warning(
                request,
                "Voor de balie en het beheer heb je een passkey nodig, of een app met een code.",
            )
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def may_enter(request):
    if request.path.startswith(DESK):
        return is_staff(request.user)
    return request.user.has_perm("wagtailadmin.access_admin")
