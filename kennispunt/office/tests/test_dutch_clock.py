"""Meetings by the Dutch clock: it jumps in March and repeats an hour in October."""

from datetime import UTC, date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime

from kennispunt.office import dutch_clock


def test_a_meeting_may_pass_midnight():
    start, end = dutch_clock.meeting(date(2026, 12, 3), time(22, 0), time(0, 30))

    assert end - start == timedelta(hours=2, minutes=30)
    assert localtime(end).date() == date(2026, 12, 4)


def test_the_hour_in_october_counts_twice():
    start, end = dutch_clock.meeting(date(2026, 10, 24), time(23, 0), time(4, 0))
    assert end - start == timedelta(hours=6)

    start, end = dutch_clock.meeting(date(2026, 10, 25), time(2, 30), time(2, 15))
    assert (start.astimezone(UTC).hour, end - start) == (0, timedelta(minutes=45))


@pytest.mark.parametrize(
    ("begins", "ends"), [(time(2, 30), time(4, 0)), (time(19, 30), time(13, 0))]
)
def test_a_time_that_is_not_there_or_too_long_is_refused(begins, ends):
    with pytest.raises(ValidationError):
        dutch_clock.meeting(date(2027, 3, 28), begins, ends)


def test_an_evening_before_the_skipped_hour_is_no_problem():
    start, end = dutch_clock.meeting(date(2027, 3, 28), time(23, 0), time(2, 30))
    assert end - start == timedelta(hours=3, minutes=30)
