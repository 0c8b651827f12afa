"""Who works here and has no second factor yet is brought to where they get one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from kennispunt.accounts.groups import is_staff, lacks_second_factor

BACK_OFFICE = "/beheer/"
DESK = "/balie/"


def second_factor_for_staff(get_response):
    """Refuse who is no staff at both doors; bring staff without a second factor to where they get
    one, from there and from every other page that refused them.

    That they may do nothing without is not decided here, but by the rights themselves (groups.py):
    this only says why, and what to do.
    """

    def middleware(request):
        if not request.path.startswith((BACK_OFFICE, DESK)) or request.user.is_anonymous:
            return get_response(request)
        if lacks_second_factor(request.user):
            return ask_for_one(request)
        if not may_enter(request):
            # Wagtail would send them to sign in, and signing in would send them back.
            raise PermissionDenied
        return get_response(request)

    def refused(request, problem):
        """A page that gives its reason in words refused for something else."""
        if not isinstance(problem, PermissionDenied) or problem.args:
            return None
        return ask_for_one(request) if lacks_second_factor(request.user) else None

    middleware.process_exception = refused
    return middleware


def ask_for_one(request):
    messages.warning(
        request,
        "Voor je werk hier heb je een passkey nodig, of een app met een code. Zet dat eerst aan.",
    )
    return redirect("mfa_index")


def may_enter(request):
    if request.path.startswith(DESK):
        return is_staff(request.user)
    return request.user.has_perm("wagtailadmin.access_admin")
