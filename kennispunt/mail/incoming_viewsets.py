"""The back office: mail that came in, and what to do with what nobody could handle.

Only text is shown. The message as it came is a file to save, never a page.
"""

from contextlib import suppress
from urllib.parse import quote, urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import user_passes_test
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from kennispunt.mail import handlers, intake, threads
from kennispunt.mail.models import IncomingMail
from kennispunt.mail.parsing import parse
from kennispunt.mail.permissions import may_read_mail
from kennispunt.ui.answering import form_page
from kennispunt.ui.rows import TooLate
from kennispunt.ui.snippets import NotChosen


class IncomingIndex(IndexView):
    """Each row leads to the page where the message is read."""

    def get_edit_url(self, instance):
        return reverse("mail_read", args=[instance.pk])

    def get_inspect_url(self, instance):
        return reverse("mail_read", args=[instance.pk])


class IncomingMailViewSet(NotChosen, SnippetViewSet):
    model = IncomingMail
    icon = "mail"
    menu_label = "Inkomende mail"
    add_to_admin_menu = True
    menu_order = 790
    index_view_class = IncomingIndex
    list_display = ["subject", "sender", "status", "reason", "received_at"]
    list_filter = ["status", "purpose", "received_at"]
    search_fields = ["sender", "subject"]
    search_backend_name = None
    copy_view_enabled = False
    list_per_page = 50


def readers_only(view):
    """Let in only people who may read what people sent us; never kept by a browser."""

    @never_cache
    @user_passes_test(may_read_mail)
    def checked(request, pk):
        return view(request, get_object_or_404(IncomingMail, pk=pk))

    return checked


class HandleForm(forms.Form):
    """As what a message must be handled after all, and what it says; chosen with a button."""

    purpose = forms.ChoiceField(label="Waar hoort deze mail bij?")
    key = forms.CharField(label="Nummer", max_length=60, required=False)
    act = forms.CharField(label="Wat staat er?", max_length=20, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [("", "Kies"), *handlers.choices()]


class AnswerForm(forms.Form):
    """Our answer. Their own words are not repeated: they are in their mailbox."""

    words = forms.CharField(
        label="Je antwoord", max_length=10_000, widget=forms.Textarea(attrs={"rows": 10})
    )


class LookForm(forms.Form):
    """The address by which we know somebody who wrote from another one."""

    address = forms.EmailField(label="Mailadres bij ons", max_length=254)


def _page(request, mail, form=None, answer=None):
    raw = getattr(mail, "raw", None)
    message = parse(bytes(raw.content)) if raw else None
    look = LookForm(request.GET if "address" in request.GET else None)
    address = look.cleaned_data["address"] if look.is_bound and look.is_valid() else mail.sender
    return form_page(
        request,
        "mail/beheer/incoming.html",
        {
            "mail": mail,
            "message": message,
            "form": form or HandleForm(),
            "look": look,
            "address": address,
            "candidates": candidates(mail, message, address) if message else [],
            "answer": answer or AnswerForm(),
            "elsewhere": _answer(mail),
            "list": reverse(IncomingMail.snippet_viewset.get_url_name("list")),
        },
    )


def candidates(mail, message, address):
    """[(purpose, what it may be about)]: what it answers first, then what is of this address."""
    named = [(mail.purpose, mail.key)]
    named += [(signed.purpose, signed.key) for _, signed in threads.answers_to(message)]
    found = {}
    for purpose, key in named:
        for about in handlers.subject_of(purpose).about([key] if key else []).values():
            found.setdefault((purpose, about.key), about)
    for handler in handlers.every():
        for about in handler.subject.of(address) if address else []:
            found.setdefault((handler.purpose, about.key), about)
    return [(purpose, about) for (purpose, _), about in found.items()]


def _answer(mail):
    """Return what opens a letter to the sender in one's own mail program."""
    filled_in = urlencode({"subject": mail.answer_subject}, quote_via=quote)
    return f"mailto:{quote(mail.sender, safe='@')}?{filled_in}"


@require_safe
@readers_only
def read(request, mail):
    return _page(request, mail)


@require_safe
@readers_only
def source(request, mail):
    """The message as it came, to save."""
    raw = getattr(mail, "raw", None)
    if raw is None:
        return HttpResponse("Deze mail is gewist.", status=410, content_type="text/plain")
    return HttpResponse(
        bytes(raw.content),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="mail-{mail.pk}.eml"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


@require_POST
@readers_only
def handle_again(request, mail):
    form = HandleForm(request.POST)
    if not form.is_valid():
        return _page(request, mail, form)
    try:
        intake.handle_as(mail, now=timezone.now(), **form.cleaned_data)
    except handlers.CannotHandle as reason:
        form.add_error(None, str(reason))
        return _page(request, mail, form)
    except TooLate as late:
        messages.info(request, str(late))
    else:
        messages.success(request, "De mail is verwerkt.")
    return _to_list()


@require_POST
@readers_only
def write_back(request, mail):
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, mail, answer=form)
    try:
        intake.answer(
            mail, form.cleaned_data["words"], signed_by=request.user.name, now=timezone.now()
        )
    except TooLate as late:
        messages.info(request, str(late))
    except ValidationError:
        form.add_error(None, "Naar dit adres kunnen we niet schrijven. Kijk in de hele mail.")
        return _page(request, mail, answer=form)
    else:
        messages.success(request, "Je antwoord is onderweg, en de mail wacht niet meer.")
    return _to_list()


@require_POST
@readers_only
def finish(request, mail):
    try:
        intake.finish(mail, now=timezone.now())
    except TooLate as late:
        messages.info(request, str(late))
    else:
        messages.success(request, "Deze mail wacht niet meer.")
    return _to_list()


@require_POST
@readers_only
def read_after_all(request, mail):
    with suppress(TooLate):  # it is on the list of what waits already
        intake.read_after_all(mail)
    return redirect("mail_read", mail.pk)


def _to_list():
    return redirect(f"{reverse(IncomingMail.snippet_viewset.get_url_name('list'))}?status=waiting")


ADDRESSES = [
    path("mail/binnen/<int:pk>/", read, name="mail_read"),
    path("mail/binnen/<int:pk>/bron/", source, name="mail_source"),
    path("mail/binnen/<int:pk>/verwerken/", handle_again, name="mail_handle"),
    path("mail/binnen/<int:pk>/antwoord/", write_back, name="mail_answer"),
    path("mail/binnen/<int:pk>/klaar/", finish, name="mail_finish"),
    path("mail/binnen/<int:pk>/toch-lezen/", read_after_all, name="mail_read_after_all"),
]
