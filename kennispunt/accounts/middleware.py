"""Rules for every page of somebody who is signed in: see each function."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from kennispunt.accounts import who_you_are
from kennispunt.accounts.groups import is_staff, lacks_second_factor, works_here

BACK_OFFICE = "/beheer/"
DESK = "/balie/"
ACCOUNT = "/account/"
SIGNED_IN_AT = "signed_in_at"  # in the session: set by signals.py
WORKING_DAY = 12 * 3600  # seconds: after these the staff signs in again (ASVS 3.3.2)


def signed_in_pages(get_response):
    """Keep nothing of them in the browser, end the session of staff after a working day, and ask
    once more who one is before a key of the account changes.
    """

    def middleware(request):
        # A visitor without a session is not looked up: their pages are the same for everyone.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and is_over(request):
            logout(request)
        response = get_response(request)
        signed_in = has_session and request.user.is_authenticated
        public = "public" in response.get("Cache-Control", "")
        if (signed_in and not public) or request.path.startswith(ACCOUNT):
            add_never_cache_headers(response)
        return response

    def asks(request, view, args, kwargs):
        is_key = who_you_are.is_key(request)
        if is_key and request.user.is_authenticated and not who_you_are.showed_lately(request):
            return who_you_are.ask(request)
        return None

    middleware.process_view = asks
    return middleware


def is_over(request) -> bool:
    """Whether somebody who works here signed in longer ago than a working day."""
    if not request.user.is_authenticated:
        return False
    since = time.time() - request.session.get(SIGNED_IN_AT, 0)
    return since > WORKING_DAY and works_here(request.user)


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
