"""The way in which a view offers its page to be kept."""

from datetime import datetime
from functools import wraps


def kept(view):
    """This page is the same for every visitor today: keep it until something changes.

    Only plain answers to visitors are kept, never one to somebody signed in, one with a cookie, a
    token or a message, or one that the view marked as private (shelf.may_be_kept). A page that
    depends on more than its address, the database and the day must not carry this; one that looks
    different after a moment says so with good_until().
    """

    @wraps(view)
    def offered(request, *args, **kwargs):
        return offer(view(request, *args, **kwargs))

    return offered


def offer(response):
    """Mark an answer as one that may be kept."""
    response.is_kept_page = True
    return response


def good_until(response, moment: datetime | None):
    """Let no kept copy of this answer live past a moment: sign-up opens, or the training begins."""
    response.good_until = moment
    return response
