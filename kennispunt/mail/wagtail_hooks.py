"""The part of mail in the back office."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from kennispunt.mail.actions import ENDED_BADLY
from kennispunt.mail.incoming_viewsets import ADDRESSES, IncomingMailViewSet
from kennispunt.mail.models import IncomingMail, OutgoingMail
from kennispunt.mail.permissions import may_keep_mail_going, may_read_mail
from kennispunt.mail.viewsets import OutgoingMailViewSet, again
from kennispunt.ui.snippets import only_to_look_at

only_to_look_at(OutgoingMail, may=may_keep_mail_going)
only_to_look_at(IncomingMail, may=may_read_mail)
register_snippet(OutgoingMailViewSet)
register_snippet(IncomingMailViewSet)


@hooks.register("register_admin_urls")
def admin_urls():
    return [path("mail/<int:pk>/opnieuw/", again, name="mail_again"), *ADDRESSES]


@hooks.register("register_snippet_listing_buttons")
def send_again_button(snippet, user, next_url=None):
    """For a mail that failed."""
    if isinstance(snippet, OutgoingMail) and snippet.status in ENDED_BADLY:
        yield Button(
            "Stuur opnieuw", reverse("mail_again", args=[snippet.pk]), icon_name="mail", priority=5
        )
