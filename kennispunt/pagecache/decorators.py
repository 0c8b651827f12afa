"""The way in which a view offers its page to the cache."""

from datetime import datetime
from functools import wraps


def cached_page(view):
    """Cache this page until something changes: it is the same for every visitor today.

    Only plain answers to visitors are cached, never one to somebody signed in, one with a cookie, a
    token or a message, or one that the view marked as private (store.may_be_cached). A page that
    depends on more than its address, the database and the day must not carry this; one that looks
    different after a moment says so with good_until().
    """

    @wraps(view)
    def offered(request, *args, **kwargs):
        return offer(view(request, *args, **kwargs))

    return offered


def offer(response):
    """Mark an answer as one that may be cached."""
    response.is_cacheable = True
    return response


def good_until(response, moment: datetime | None):
    """Let no cached copy of this answer outlive a moment: sign-up opens, or the training begins."""
    response.good_until = moment
    return response
