"""A guard for all views: a NUL in an address or a cookie, which PostgreSQL refuses."""

from django.http import Http404


def without_nul(get_response):
    """An address with a NUL is nobody's; out of a query and a cookie it goes.

    In a form it is told at the field, by Django itself.
    """

    def middleware(request):
        if "\0" in request.path_info:
            raise Http404
        if "%00" in request.META.get("QUERY_STRING", ""):
            query = request.GET.copy()
            for name, values in query.lists():
                query.setlist(name, [value.replace("\0", "") for value in values])
            request.GET = query
        if "\\0" in request.META.get("HTTP_COOKIE", ""):  # how a NUL is written there
            kept = {name: one for name, one in request.COOKIES.items() if "\0" not in one}
            request.COOKIES = kept
        return get_response(request)

    return middleware
