"""The pages when something goes wrong: what happened, and the way on."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import get_template

from kennispunt.accounts import typed
from kennispunt.limits.counting import MINUTE, later


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    """403 with the reason, where the code that refused gave one: PermissionDenied("…")."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def page_not_found(request, exception=None):
    return render(request, "404.html", status=404)


def too_many_requests(request, exception=None):
    return later(render(request, "429.html"), MINUTE)


def csrf_failure(request, reason=""):
    """A page that stood open too long comes back with what was typed; to be looked at and sent."""
    if request.COOKIES and (saved := typed.save(request, why="token")):
        return redirect(saved["page"])
    return render(request, "403_csrf.html", status=403)


def server_error(request):
    """Without request, session or database: whatever broke may be one of those.

    A database that is away or locked is no fault in a page: 503, and to be tried again.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        page = get_template("503.html").render()
        return HttpResponse(page, status=503, headers={"Retry-After": "60"})
    return HttpResponseServerError(get_template("500.html").render())
