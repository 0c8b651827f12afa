"""The sheet for the board, printed by a real browser."""

import re

import pytest

from kennispunt.elections.situations import SITUATIONS


@pytest.mark.browser
@pytest.mark.parametrize("election", ["provinciale-staten-2027", "gemeenteraad-2030"])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_days_and_papers_fit_on_one_a4(page, election, situation):
    page.goto(f"/kalender/{election}/{situation}/blad/")
    printed = page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
