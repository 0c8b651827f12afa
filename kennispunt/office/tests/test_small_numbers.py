"""Fewer than five are not told, and cannot be counted from what is."""

import pytest

from kennispunt.office.small_numbers import tellable, told


def test_five_is_told_and_four_is_not():
    assert (told(5), told(4)) == (5, None)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({}, {}),
        ({"a": 9, "b": 5}, {"a": 9, "b": 5}),
        ({"a": 9, "b": 0}, {"a": 9}),
        ({"a": 9, "b": 4}, {}),
        ({"a": 9, "b": 5, "c": 1}, {"a": 9}),
        ({"a": 9, "b": 8, "c": 4}, {"a": 9}),
        ({"a": 9, "b": 3, "c": 2}, {"a": 9}),
        ({"a": 9, None: 2}, {}),
        ({"a": 9, None: 7}, {"a": 9}),
    ],
)
def test_what_is_not_told_cannot_be_counted_from_what_is(counts, shown):
    assert tellable(counts) == shown
