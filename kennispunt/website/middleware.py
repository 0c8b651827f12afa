"""Headers that every answer carries and no package sets."""

from csp.decorators import csp_replace
from django.conf import settings

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

    return middleware
