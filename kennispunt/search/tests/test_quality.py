"""Real questions find a right page among the first three results: nine of ten is what we want."""

import pytest

from kennispunt.search.quality import measure

# Of the unseen half no number was known when it was written.
FLOORS = {"tune": 111 / 118}


@pytest.mark.parametrize("half", FLOORS)
def test_the_right_page_is_among_the_first_three(articles, half):
    share = measure(half).share  # apart, so that a failure does not show the unseen questions

    assert share >= FLOORS[half]
