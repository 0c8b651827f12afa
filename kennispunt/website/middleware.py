"""Headers that every answer carries and no package sets."""

import re

from csp.decorators import csp_replace
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError
from django.utils.datastructures import MultiValueDictKeyError

from kennispunt.website.errors import bad_request

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
        "browsing-topics",
    )
)  # fmt: skip


def permissions_policy(get_response):
    """Nothing on our pages needs a camera, a place or a payment."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def back_office_policy(get_response):
    """The back office is Wagtail's and needs a wider Content-Security-Policy than our own pages."""
    in_back_office = csp_replace(settings.BACK_OFFICE_POLICY)(get_response)

    def middleware(request):
        if not request.path.startswith("/beheer/"):
            return get_response(request)
        response = in_back_office(request)
        # A preview passed all middleware once already, at the address that visitors use. It may
        # be framed by the editor, so the policy of visitors must not stay on it.
        response.headers.pop("Content-Security-Policy", None)
        return response

    middleware.process_exception = cannot_be
    return middleware


# Forms of Wagtail that break on what its own pages never send: which, and how.
MADE_BY_HAND = {
    r"redirects/import/process/": (AttributeError, FileNotFoundError, KeyError),
    r"choose-external-link/": (AttributeError,),
    r"snippets/choose/.+/create/": (AttributeError,),
}


def cannot_be(request, problem):
    """400 for a form of the back office that was made by hand.

    Wagtail asks the database with the number of a row as it was sent, before it looks whether that
    is one and whether a database counts so far; and it misses fields without which it cannot count
    rows.
    """
    if not request.path.startswith("/beheer/"):
        return None
    told = isinstance(problem, ValidationError | MultiValueDictKeyError | OverflowError | DataError)
    told = told or (isinstance(problem, ValueError) and "expected a number but got" in str(problem))
    return bad_request(request) if told or by_hand(request, problem) else None


def by_hand(request, problem):
    breaks = [
        how for form, how in MADE_BY_HAND.items() if re.fullmatch(f"/beheer/{form}", request.path)
    ]
    return request.method == "POST" and any(isinstance(problem, how) for how in breaks)


def health_by_any_name(get_response):
    """A load balancer asks /gezond/ by the address of the machine, which is no name of the site."""

    def middleware(request):
        if request.path_info.startswith("/gezond/"):
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0].lstrip(".*")
        return get_response(request)

    return middleware
