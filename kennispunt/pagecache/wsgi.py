"""The shortest way to a cached page: before Django makes a request of it."""

from django.conf import settings
from django.db import DatabaseError, connections

from kennispunt.pagecache import store


def with_cached_pages(application):
    """A WSGI application that answers from the cached pages, and else asks the one it wraps."""

    def shortcut(environ, start_response):
        page = find(environ) if settings.PAGE_CACHE else None
        if page is None:
            return application(environ, start_response)
        if store.has_it(environ, page):
            start_response("304 Not Modified", page.headers_of_304)
            return []
        start_response("200 OK", page.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]

    return shortcut


def find(environ):
    if not store.asks_a_public_page(environ) or store.has_cookies_of_ours(environ):
        return None
    try:
        return store.find(environ)
    except DatabaseError:
        return None  # Django knows how to say so
    finally:
        leave_no_connection()


def leave_no_connection():
    """Do what Django does between requests: we are before the one and after the other."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
