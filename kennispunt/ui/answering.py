"""From a form that was sent to the answer: an action did it, refused it, or a colleague was first.

    @require_http_methods(["GET", "HEAD", "POST"])
    @for_staff(may_plan)
    @unless_too_late("trainings:planning")
    def cancel(request, pk):
        form = CancelForm(posted(request))
        if form.is_valid():
            with refusal_in(form, at="reason"):
                editions.cancel(edition_of(pk), **form.cleaned_data)
                messages.success(request, "Afgezegd.")
                return redirect("trainings:plan", pk)
        return form_page(request, "trainings/desk/cancel.html", {"form": form})

An action gives back the thing, or raises ValidationError (what you sent cannot be: said at its
field, with status 422) or TooLate (it is done, gone or different by now: said on the page where one
sees how it stands). All this lies on the ground: visitors send forms, and so does `accounts`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from kennispunt.ui.rows import TooLate

DONE = "Dit was al gedaan. Je hoeft niets meer te doen."


def posted(request: HttpRequest, having: str = "") -> QueryDict | None:
    """Return what was filled in, also when that is nothing; None when the page is only looked at.

    `having`: also None when another form of the page was sent, without this field or button.
    """
    sent = request.method == "POST" and (not having or having in request.POST)
    return request.POST if sent else None


@contextmanager
def refusal_in(form: BaseForm, at: str | None = None, **fields: str) -> Iterator[None]:
    """Put a refusal of the action within in the form: at the field `at`, or above all fields.

    `fields`: at which field an error with this code stands, as in `full="places"`. An error that
    names its fields itself stands there, as far as the form has them.
    """
    try:
        yield
    except ValidationError as problem:
        if not hasattr(problem, "error_dict"):
            form.add_error(fields.get(getattr(problem, "code", ""), at), problem)
            return
        for name, errors in problem.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)


@contextmanager
def refusal_said(request: HttpRequest) -> Iterator[None]:
    """Say on top of the next page what the action of a button refuses: it has no fields."""
    try:
        yield
    except ValidationError as problem:
        for words in problem.messages:
            messages.error(request, words)


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page with its forms; 422 when one of them was sent and refused.

    A form in the address of a page that is only looked at asks for less or more, and is no refusal.
    """
    forms = [one for one in context.values() if isinstance(one, BaseForm)]
    refused = request.method == "POST" and any(one.errors for one in forms)
    return render(request, template, context, status=422 if refused else 200)


def unless_too_late(to: str = "", *arguments: str) -> Callable:
    """Say on the next page that a colleague was first, and no more.

    `to`: its address, or the name of it with these arguments of the view; else the same page.
    """

    def decorate(view):
        @wraps(view)
        def tried(request, *args, **options):
            try:
                return view(request, *args, **options)
            except TooLate as late:
                messages.info(request, str(late))
                return redirect(to or request.path, *(options[name] for name in arguments))

        return tried

    return decorate


def waiting_or_done(waiting: QuerySet, pk: int, *, among: QuerySet) -> Any:
    """The one that waits; TooLate when it was dealt with, by this form or a colleague. Else 404.

    `among`: what this person may know of.
    """
    if found := waiting.filter(pk=pk).first():
        return found
    raise TooLate(DONE) if among.filter(pk=pk).exists() else Http404
