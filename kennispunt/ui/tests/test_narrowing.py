"""A list is narrowed by what the address asks, and by nothing that it does not know."""

import pytest
from django.template.loader import render_to_string

from kennispunt.ui.narrowing import Choice, Listing, words_of

SIZE = Choice(
    "maat", "Hoe groot", {"klein": "tot tien", "groot": "vanaf tien"}.items(),
    lambda rows, word: [one for one in rows if (one < 10) == (word == "klein")],
)  # fmt: skip
KIND = Choice(
    "soort", "Welke", [(2, "even"), (3, "drievoud")],
    lambda rows, word: [one for one in rows if one % int(word) == 0], nothing="Maakt niet uit",
)  # fmt: skip


@pytest.fixture
def listing(rf):
    return lambda **asked: Listing(rf.get("/", asked), range(100), [SIZE, KIND], at_once=20)


def test_nothing_asked_is_everything_a_page_at_a_time(listing):
    assert listing().rows == range(100)
    assert not listing().is_narrowed
    assert list(listing(page="2").page) == list(range(20, 40))
    assert listing(page="x").page.number == 1
    assert listing(page="99").page.number == 5


def test_choices_narrow_together(listing):
    found = listing(maat="klein", soort="3")
    assert list(found.page) == [0, 3, 6, 9]
    assert found.is_narrowed


def test_a_word_that_is_not_known_narrows_nothing(listing):
    found = listing(maat="reusachtig", soort="x\0")
    assert len(found.rows) == 100
    assert not found.is_narrowed


def test_what_is_no_choice_any_more_leaves_nothing_when_the_choice_says_so(rf):
    gone = Choice("thema", "Thema", [], lambda rows, word: [], also_gone=True)
    found = Listing(rf.get("/", {"thema": "weg"}), range(100), [gone])
    assert (list(found.rows), found.is_narrowed) == ([], True)


def test_the_form_shows_what_was_chosen(listing):
    shown = render_to_string("ui/choices.html", {"choices": listing(soort="3").choices})
    assert '<option value="3" selected>drievoud</option>' in shown
    assert '<option value="">Maakt niet uit</option>' in shown
    assert shown.count("selected") == 1


def test_words_to_look_for_have_an_end(rf):
    assert words_of(rf.get("/", {"q": f" {'a' * 999} "})) == "a" * 200
