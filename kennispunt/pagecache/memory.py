"""Remembering what is dear to make and depends on nothing but its key, the database and the day."""

from django.db import connection

from kennispunt.pagecache.store import generation

MOST = 2000

_values: dict = {}
_of_generation = ""


def remembered(key, make):
    """The value of make(), until something changes. The value is shared: nobody may alter it.

    Within a transaction nothing is remembered: it may see what others do not, and be rolled back.
    """
    global _values, _of_generation
    if connection.in_atomic_block:
        return make()
    now = generation.now()
    if now != _of_generation or len(_values) >= MOST:
        _values, _of_generation = {}, now
    values = _values
    if key not in values:
        values[key] = make()
    return values[key]
