"""Pages and documents that Wagtail opens to a group of the staff ask a second factor too."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from wagtail import hooks

from kennispunt.accounts.groups import lacks_second_factor


@hooks.register("before_serve_page")
def page_asks_second_factor(page, request, args, kwargs):
    refuse_without(request, page)


@hooks.register("before_serve_document")
def document_asks_second_factor(document, request):
    refuse_without(request, document.collection)


def refuse_without(request, kept_behind):
    # Without a session nobody is looked up, so that the page can be cached for everyone.
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    if has_session and lacks_second_factor(request.user) and kept_behind.get_view_restrictions():
        raise PermissionDenied
