"""Real questions find a right page among the first three results: nine of ten is what we want."""

import pytest

from kennispunt.search.quality import measure

# What was reached, which may rise and may not fall. 92 of a hundred is asked of the unseen half; the seventy questions
# that joined it last were written without a look at the words that articles are found by. It was 120 before ten articles
# came that did not exist when the questions were written: their targets were not touched.
FLOORS = {"tune": 0.98, "unseen": 0.828}


@pytest.mark.parametrize("half", FLOORS)
@pytest.mark.thorough
def test_the_right_page_is_among_the_first_three(articles, half):
    share = measure(half).share  # apart, so that a failure does not show the unseen questions

    assert share >= FLOORS[half]
