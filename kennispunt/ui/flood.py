"""At most so many of something in an hour: from one address, and from all of them together.

Counted in the cache, under a fingerprint that nobody can turn back into an address.
"""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac

HOUR = 3600


def too_many(request, action: str, *, each: int, all_together: int) -> bool:
    """Count one more; whether that is more than `each` from here or `all_together` in an hour."""
    place = get_adapter().get_client_ip(request)
    return _count(f"{action}|{place}") > each or _count(action) > all_together


def _count(what: str) -> int:
    key = f"flood:{salted_hmac('kennispunt.ui.flood', what).hexdigest()}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it ended just now
        return 1
