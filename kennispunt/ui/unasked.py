"""Writing that the reader did not ask for, such as counting: it never stops reading.

    unasked(count_missed, text, on=today)

A database that is locked, full or only to be read is not waited for: then it is not counted.
"""

import logging
from collections.abc import Callable
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.utils import Error as DatabaseError

log = logging.getLogger(__name__)

MILLISECONDS = 200


def unasked(write: Callable, *args, **kwargs) -> None:
    """Write it when that goes at once. Else it is lost, and the log says so."""
    try:
        with in_no_time():
            write(*args, **kwargs)
    except DatabaseError as problem:
        log.warning("Not written, and nobody waited for it: %s", problem)


@contextmanager
def in_no_time():
    """In a transaction of its own that waits for no lock."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {MILLISECONDS}")
            yield
        return
    with sqlite_waits(MILLISECONDS), transaction.atomic():
        yield


@contextmanager
def sqlite_waits(milliseconds: int):
    """Wait no longer than this for a database that is held; then as long as usual again."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        [usual] = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
