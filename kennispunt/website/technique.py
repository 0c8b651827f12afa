"""/balie/techniek/ and /gezond/: whether all that should run runs."""

from uuid import UUID

from django.contrib import messages
from django.core.cache import caches
from django.db import connection
from django.db.utils import Error as DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_tasks_db.models import DBTaskResult

from kennispunt.mail.permissions import may_keep_mail_going
from kennispunt.office.guards import for_staff
from kennispunt.ui.answering import unless_too_late
from kennispunt.website import work
from kennispunt.website.heartbeat import began, failed_tasks, standing_still


@require_safe
@never_cache
def health(request):
    """For load balancers: 200 while we can serve, else 503.

    What stands still beside the site is a line in the answer: taking the site away would not help.
    """
    try:
        lines = [*_caches_away(), *_lines(began(_standing_still()))]
    except DatabaseError:
        return _plain("ziek", "de database antwoordt niet", status=503)
    return _plain("gezond", *lines)


@require_safe
@never_cache
def health_of_work(request):
    """Answer for people on duty: 503 also when the clock, the work or the mail stands still."""
    try:
        lines = _lines(_standing_still())
    except DatabaseError:
        return _plain("ziek", "de database antwoordt niet", status=503)
    return _plain("ziek", *lines, status=503) if lines else _plain("gezond")


def _caches_away():
    return [f"de cache {name} antwoordt niet" for name in caches if _is_away(caches[name])]


def _is_away(cache) -> bool:
    """Only a shared cache can be; its module is not there on a machine without Redis."""
    return hasattr(cache, "answers") and not cache.answers()


def _standing_still():
    connection.cursor().execute("SELECT 1")  # the database answers
    return standing_still(timezone.now())


def _lines(still):
    return [f"{one.title} ({_since(one.since)})" for one in still]


def _since(moment):
    return f"sinds {localtime(moment):%d-%m-%Y %H:%M}" if moment else "nog nooit gezien"


def _plain(*lines, status=200):
    body = "".join(f"{line}\n" for line in lines)
    return HttpResponse(body, status=status, content_type="text/plain; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_keep_mail_going)
@unless_too_late()
def technique(request):
    """Show what stands still, and what failed: once more, or leave it."""
    if request.method != "POST":
        context = {"still": standing_still(timezone.now()), "failed": failed_tasks()}
        return render(request, "website/technique.html", context)
    _decide(request)
    return redirect("website:technique")


def _decide(request):
    typed = request.POST
    tasks = _chosen(typed.get("taak", ""))
    if "weg" in typed:
        work.leave(tasks)
        messages.success(request, "Gewist. We doen het niet opnieuw.")
    else:
        work.again(tasks)
        messages.success(request, "Het gaat opnieuw.")


def _chosen(key):
    """All that failed, or the one with this key."""
    if key == "alle":
        return failed_tasks()
    try:
        return DBTaskResult.objects.failed().filter(pk=UUID(key))
    except ValueError:
        raise Http404 from None
