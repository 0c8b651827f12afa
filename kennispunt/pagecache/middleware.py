"""Answering from the cached pages, and caching what a view offered."""

from django.conf import settings
from django.contrib.messages import get_messages
from django.db.utils import Error as DatabaseError
from django.http import HttpResponse, HttpResponseNotModified
from django.middleware.gzip import GZipMiddleware

from kennispunt.pagecache import store


def answer(environ, page: store.CachedPage) -> HttpResponse:
    """A cached page as Django sends it."""
    if store.has_it(environ, page):
        return HttpResponseNotModified(headers=dict(page.headers_of_304))
    return HttpResponse(page.body, headers=dict(page.headers))


def cached_pages(get_response):
    """The outermost: answer from the cached pages, cache what may be, compress the rest.

    On a server the hit is answered a step earlier still, before there is a request (wsgi.py).
    """
    gzip = GZipMiddleware(get_response)

    def compressed(request, response):
        # A stream is a file, and whitenoise compressed those beforehand.
        return response if response.streaming else gzip.process_response(request, response)

    def middleware(request):
        environ = request.META
        visits = store.asks_a_public_page(environ) and not store.has_cookies_of_ours(environ)
        if not settings.PAGE_CACHE or not visits:
            return compressed(request, get_response(request))
        try:
            if page := store.find(environ):
                return answer(environ, page)
            # The names first: when something changes while we make it, it is already outdated.
            names = store.keys(environ)
        except DatabaseError:  # the page itself knows how to say so, or needs none
            return compressed(request, get_response(request))
        response = get_response(request)
        if not store.may_be_cached(environ, response):
            return compressed(request, response)
        pages = store.put(names, response)
        return answer(environ, pages[store.best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))])

    return middleware


def cached_pages_with_a_session(get_response):
    """Below the session: a visitor with a cookie who is not signed in gets the cached page too."""

    def middleware(request):
        environ = request.META
        if (
            settings.PAGE_CACHE
            and store.asks_a_public_page(environ)
            and store.has_cookies_of_ours(environ)
            and (page := store.find(environ | {"HTTP_ACCEPT_ENCODING": "identity"}))
            and not request.user.is_authenticated
            and not len(get_messages(request))
        ):
            return answer(environ, page)
        return get_response(request)

    return middleware
