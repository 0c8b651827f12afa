"""In development: every mail that was written, to read. Never on a server (settings)."""

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kennispunt.mail.models import OutgoingMail
from kennispunt.ui.narrowing import page_of


@require_safe
def mails(request):
    """The latest first."""
    page = page_of(
        request, OutgoingMail.objects.defer("message").select_related("letter"), at_once=25
    )
    return render(request, "mail/mails.html", {"page": page})


@require_safe
def mail(request, pk):
    """The text, and the way to the HTML and the bare message."""
    return render(request, "mail/mail.html", {"mail": get_object_or_404(OutgoingMail, pk=pk)})


@require_safe
@csp_replace({"default-src": ["'none'"], "style-src": ["'unsafe-inline'"]})
def as_html(request, pk):
    """The HTML as a mail program gets it."""
    return HttpResponse(get_object_or_404(OutgoingMail, pk=pk).html)


@require_safe
def source(request, pk):
    """The message as it goes over the line."""
    found = get_object_or_404(OutgoingMail, pk=pk)
    return HttpResponse(found.content or b"", content_type="text/plain; charset=utf-8")
