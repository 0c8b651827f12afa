"""The shortest way to a kept page: before Django makes a request of it."""

from django.conf import settings
from django.db import DatabaseError, connections

from kennispunt.pagecache import shelf


def with_kept_pages(application):
    """A WSGI application that answers from the kept pages, and else asks the one it wraps."""

    def shortcut(environ, start_response):
        page = find(environ) if settings.PAGE_CACHE else None
        if page is None:
            return application(environ, start_response)
        if shelf.has_it(environ, page):
            start_response("304 Not Modified", page.headers_of_304)
            return []
        start_response("200 OK", page.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]

    return shortcut


def find(environ):
    if not shelf.asks_a_public_page(environ) or shelf.has_cookies_of_ours(environ):
        return None
    try:
        return shelf.find(environ)
    except DatabaseError:
        return None  # Django knows how to say so
    finally:
        leave_no_connection()


def leave_no_connection():
    """Do what Django does between requests: we are before the one and after the other."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
