"""The stylesheet and the icon, for every visitor."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from kennispunt.ui.stylesheet import stylesheet as current_stylesheet

YEAR = 365 * 24 * 3600


@require_safe
def stylesheet(request, version):
    """The one stylesheet, for every visitor.

    A page from before a release may ask for an older version: it gets the present one, not to keep.
    """
    sheet = current_stylesheet()
    accepted = request.headers.get("Accept-Encoding", "")
    encoding = next((name for name in ("br", "gzip") if name in accepted), "identity")
    response = HttpResponse(sheet.encoded[encoding], content_type="text/css; charset=utf-8")
    if encoding != "identity":
        response["Content-Encoding"] = encoding
    keep = f"public, max-age={YEAR}, immutable" if version == sheet.version else "no-cache"
    response["Cache-Control"] = keep
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@require_safe
def favicon(request):
    """For browsers that know no SVG icon and ask at the address of old."""
    return redirect(static("ui/icon-180.png"))
