"""Answering from the kept pages, and keeping what a view offered."""

from django.conf import settings
from django.contrib.messages import get_messages
from django.db.utils import Error as DatabaseError
from django.http import HttpResponse, HttpResponseNotModified
from django.middleware.gzip import GZipMiddleware

from kennispunt.pagecache import shelf


def answer(environ, page: shelf.Kept) -> HttpResponse:
    """A kept page as Django sends it."""
    if shelf.has_it(environ, page):
        return HttpResponseNotModified(headers=dict(page.headers_of_304))
    return HttpResponse(page.body, headers=dict(page.headers))


def kept_pages(get_response):
    """The outermost: answer from the kept pages, keep what may be kept, compress the rest.

    On a server the hit is answered a step earlier still, before there is a request (wsgi.py).
    """
    gzip = GZipMiddleware(get_response)

    def compressed(request, response):
        # What streams is a file, and whitenoise compressed those beforehand.
        return response if response.streaming else gzip.process_response(request, response)

    def middleware(request):
        environ = request.META
        visits = shelf.asks_a_public_page(environ) and not shelf.has_cookies_of_ours(environ)
        if not settings.PAGE_CACHE or not visits:
            return compressed(request, get_response(request))
        try:
            if page := shelf.find(environ):
                return answer(environ, page)
            # The names first: when something changes while we make it, it is already outdated.
            names = shelf.keys(environ)
        except DatabaseError:  # the page itself knows how to say so, or needs none
            return compressed(request, get_response(request))
        response = get_response(request)
        if not shelf.may_be_kept(environ, response):
            return compressed(request, response)
        pages = shelf.keep(names, response)
        return answer(environ, pages[shelf.best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))])

    return middleware


def kept_pages_with_a_session(get_response):
    """Below the session: who has a cookie but is not signed in gets the kept page as well."""

    def middleware(request):
        environ = request.META
        if (
            settings.PAGE_CACHE
            and shelf.asks_a_public_page(environ)
            and shelf.has_cookies_of_ours(environ)
            and (page := shelf.find(environ | {"HTTP_ACCEPT_ENCODING": "identity"}))
            and not request.user.is_authenticated
            and not len(get_messages(request))
        ):
            return answer(environ, page)
        return get_response(request)

    return middleware
