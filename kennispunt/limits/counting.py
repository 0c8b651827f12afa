"""At most so much of something in a while: from one place, by one person, to one address.

    if not take("upload", f"person {user.pk}", at_most=100, seconds=DAY):
        …say so, in words

One statement counts and decides, so that ten processes at once do not let eleven through. It needs
no cache: a limit holds also when that is away. The time runs from the first one that is counted.
"""

from datetime import timedelta

from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest
from django.http import HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kennispunt.limits.models import Count

MINUTE, HOUR, DAY = 60, 3600, 86_400

TAKE = """
    INSERT INTO limits_count (key, number, until) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET
        number = excluded.number
            + CASE WHEN limits_count.until > %s THEN limits_count.number ELSE 0 END,
        until = CASE WHEN limits_count.until > %s THEN limits_count.until ELSE excluded.until END
    WHERE limits_count.until <= %s OR limits_count.number + excluded.number <= %s
    RETURNING number
"""


def take(action: str, who: str, *, at_most: int, seconds: float, amount: int = 1) -> bool:
    """Count `amount` more, when that stays within the limit. Else False, and nothing counts."""
    if amount > at_most:
        return False
    now = timezone.now()
    adapted = connection.ops.adapt_datetimefield_value
    at, until = adapted(now), adapted(now + timedelta(seconds=seconds))
    key = fingerprint(action, who)
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [key, amount, until, at, at, at, at_most])
        return cursor.fetchone() is not None


def fits(action: str, who: str, *, at_most: int, amount: int = 1) -> bool:
    """Whether take() would say yes now; counts nothing."""
    counted = _of(action, who).values_list("number", flat=True).first() or 0
    return counted + amount <= at_most


def give_back(action: str, who: str, amount: int = 1) -> None:
    """It came to nothing, or it was right: do not count it."""
    _of(action, who).update(number=Greatest(F("number") - amount, 0))


def forget(action: str, who: str) -> None:
    """Begin anew, for who showed who they are."""
    _of(action, who).delete()


def too_many(request, action: str, *, each: int, all_together: int, seconds: float = HOUR) -> bool:
    """Count one more; whether that is more than `each` from here or `all_together` in an hour."""
    here = take(action, place(request), at_most=each, seconds=seconds)
    return not (here and take(action, "all", at_most=all_together, seconds=seconds))


def later(response: HttpResponse, seconds: int = HOUR) -> HttpResponse:
    """An answer to too much: after so long at the most it can be tried again."""
    response.status_code = 429
    response["Retry-After"] = str(seconds)
    return response


def by_person(action: str, user, *, at_most: int, seconds: float = DAY) -> bool:
    """take(), by the person signed in: not more than so many in a day."""
    return take(action, f"person {user.pk}", at_most=at_most, seconds=seconds)


def place(request) -> str:
    """From where somebody comes: an IPv4 address, or the IPv6 network of one house."""
    try:
        return f"ip {get_ip(request)}"
    except PermissionDenied:  # nobody says from where: then all share one limit
        return "ip unknown"


def fingerprint(action: str, who: str) -> str:
    return salted_hmac("kennispunt.limits", f"{action}|{who}", algorithm="sha256").hexdigest()


def _of(action, who):
    return Count.objects.filter(key=fingerprint(action, who), until__gt=timezone.now())
