"""Moments of a clock that was ahead do not count.

A clock that was wrong once leaves moments in the future. Code that asks whether something was
done lately, or waits until a moment, must not believe them: else nothing is done until it comes.
"""

from datetime import datetime, timedelta

from django.db.models import Q

# Machines differ by minutes at most. Less than we let anything stand still before we say so.
TOLERANCE = timedelta(minutes=10)


def impossible(field: str, now: datetime, *, longest: timedelta = timedelta(0)) -> Q:
    """This moment is further ahead than anybody could have meant: `longest` is the longest wait."""
    return Q(**{f"{field}__gt": now + longest + TOLERANCE})
