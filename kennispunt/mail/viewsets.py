"""The back office: which mails went out, and what to do when one did not arrive.

What a mail says is not shown: it may hold a code to sign in with, or what somebody told us.
"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import user_passes_test
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from kennispunt.mail import actions, kinds, refusals
from kennispunt.mail.models import OutgoingMail
from kennispunt.mail.permissions import may_keep_mail_going
from kennispunt.ui.rows import TooLate
from kennispunt.ui.snippets import NotChosen

FIELDS = [
    "to", "purpose", "status", "created_at", "ended_at", "attempts", "due_at", "perhaps_sent",
    "copies", "held", "last_error", "message_id",
]  # fmt: skip


class OutgoingIndex(IndexView):
    """The row of a mail that failed leads to what one can do about it."""

    def get_edit_url(self, instance):
        if instance.status in actions.ENDED_BADLY:
            return reverse("mail_again", args=[instance.pk])
        return super().get_edit_url(instance)


class Purpose(Column):
    """The kind of a mail, in words."""

    def get_value(self, instance):
        return kinds.in_words(instance.purpose)


class OutgoingMailViewSet(NotChosen, SnippetViewSet):
    model = OutgoingMail
    index_view_class = OutgoingIndex
    icon = "mail"
    menu_label = "Uitgaande mail"
    add_to_admin_menu = True
    menu_order = 800
    list_display = [
        "to", Purpose("purpose", label="soort", sort_key="purpose"), "status", "created_at",
        "attempts", "last_error",
    ]  # fmt: skip
    list_filter = ["status", "purpose", "created_at"]
    search_fields = ["to", "purpose"]
    search_backend_name = None
    inspect_view_enabled = True
    inspect_view_fields = FIELDS
    copy_view_enabled = False
    panels = [FieldPanel(name, read_only=True) for name in FIELDS]


@require_http_methods(["GET", "HEAD", "POST"])
@user_passes_test(may_keep_mail_going)
def again(request, pk):
    """Send a mail that failed once more, or leave it."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    if request.method != "POST":
        alike = len(refusals.alike(mail)) if mail.status == OutgoingMail.Status.FAILED else 0
        return render(request, "mail/beheer/again.html", {"mail": mail, "alike": alike})
    try:
        messages.success(request, _done(request.POST, mail))
    except TooLate as late:
        messages.error(request, str(late))
    return redirect(reverse(OutgoingMail.snippet_viewset.get_url_name("list")))


def _done(pressed, mail):
    """Do what the button says, and say so."""
    if "dismiss" in pressed:
        actions.dismiss(mail)
        return "Deze mail wacht niet meer op jou."
    if "all" in pressed:
        count = actions.send_all_again(mail, now=timezone.now())
        return f"Mails die opnieuw op weg gaan: {count}."
    actions.send_again(mail, now=timezone.now())
    return "De mail gaat opnieuw op weg."
