"""What was sent with a form or an address, and who sent it too late."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from kennispunt.ui.rows import TooLate


def posted(request):
    """What was filled in, also when that is nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def words_of(request) -> str:
    """What was searched for."""
    return request.GET.get("q", "").strip()[:200]


DONE = "Dit was al gedaan. Je hoeft niets meer te doen."


def waiting_or_done(waiting, pk, *, among):
    """The one that waits; TooLate when it was dealt with, by this form or a colleague. Else 404.

    `among`: what this person may know of.
    """
    if found := waiting.filter(pk=pk).first():
        return found
    raise TooLate(DONE) if among.filter(pk=pk).exists() else Http404


def unless_too_late(to=None):
    """When a colleague was first, the page says so and no more: on this page, else the same one."""

    def decorate(view):
        @wraps(view)
        def tried(request, *args, **options):
            try:
                return view(request, *args, **options)
            except TooLate as problem:
                messages.info(request, str(problem))
                return redirect(to or request.path)

        return tried

    return decorate
