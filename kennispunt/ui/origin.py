"""Forms on pages that are the same for everyone: without a token, so we look where they come from.

A cached page cannot hold a token of its reader. Every browser of today says from which site a form
is sent; a page of another site cannot make it say ours.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

REFUSED = (
    "Dit formulier kwam niet van onze eigen site, of je browser zegt niet waar het vandaan komt. "
    "Open de pagina opnieuw en probeer het nog een keer."
)


def comes_from_us(request) -> bool:
    """Whether the browser says that one of our own pages sent this form."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return is_ours(request.headers.get("Origin") or request.headers.get("Referer", ""), request)


def is_ours(address: str, request) -> bool:
    """Whether this address of a page or a site is of our own."""
    try:
        came = urlsplit(address)
    except ValueError:  # no address of any site
        return False
    # With the scheme: what somebody on the way made of http is not ours on https.
    return (came.scheme, came.netloc) == (request.scheme, request.get_host())


def same_site_post(view):
    """For a view that a form without a token is sent to. POST only; others are refused."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not comes_from_us(request):
            raise PermissionDenied(REFUSED)
        return view(request, *args, **kwargs)

    return guarded
