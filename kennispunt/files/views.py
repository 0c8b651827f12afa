"""Serving files: to whom the app that owns them lets read, asked anew at every request."""

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from kennispunt.files import access
from kennispunt.files.kinds import CONTENT_TYPES, EXTENSIONS
from kennispunt.files.models import StoredFile

PICTURES = {f".{EXTENSIONS[kind]}": CONTENT_TYPES[kind] for kind in ("jpeg", "png", "webp")}
PICTURES[".jpeg"] = CONTENT_TYPES["jpeg"]

HEADERS = {
    # Never kept on the way, and no reader makes more of it than its type says.
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}


@require_safe
def file(request, key):
    """One file. Those who may not read it do not even learn that it is there.

    Only pictures are shown in the page, and we drew those ourselves; the rest is saved.
    """
    found = StoredFile.objects.filter(key=key).first()
    if not found or not access.may_read(request.user, found):
        raise Http404
    try:
        content = found.content.open("rb")
    except FileNotFoundError as lost:
        raise Http404 from lost
    response = FileResponse(
        content,
        as_attachment=not found.is_picture,
        filename=found.name,
        content_type=found.content_type,
    )
    for name, value in HEADERS.items():
        response[name] = value
    return response


@require_safe
def picture(request, name):
    """A picture of a public page, for every visitor: what Wagtail made of what an editor sent.

    Only the folder of renditions, and only pictures: whatever else lies in the store stays there.
    """
    extension = f".{name.rpartition('.')[2].lower()}"
    if not name.startswith("images/") or ".." in name or extension not in PICTURES:
        raise Http404
    try:
        content = default_storage.open(name, "rb")
    except (FileNotFoundError, SuspiciousOperation) as lost:
        raise Http404 from lost
    response = FileResponse(content, content_type=PICTURES[extension])
    response["Cache-Control"] = "public, max-age=86400"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
