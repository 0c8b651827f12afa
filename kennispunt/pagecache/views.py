"""How a view offers its page to be kept."""

from functools import wraps


def kept(view):
    """This page is the same for every visitor today: keep it until something changes.

    Only plain answers to visitors are kept, never one to somebody signed in, one with a cookie, a
    token or a message, or one that the view marked as private (shelf.may_be_kept). A page that
    depends on more than its address, the database and the day must not carry this.
    """

    @wraps(view)
    def offered(request, *args, **kwargs):
        return offer(view(request, *args, **kwargs))

    return offered


def offer(response):
    """Mark an answer as one that may be kept."""
    response.is_kept_page = True
    return response
