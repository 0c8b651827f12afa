"""How easy a text reads."""

import pytest

from kennispunt.pages.readability import measure, syllables

EASY = "<p>Je belt de notaris. Hij stuurt een prijs. Kies daarna wie het doet.</p>"
HARD = (
    "<p>De verantwoordingsverplichtingen worden overeenkomstig de uitvoeringsbepalingen vastgesteld door de "
    "vertegenwoordigingsbevoegde functionarissen, onverminderd de verantwoordelijkheid van de rechtspersoon voor "
    "de rechtmatigheid van de administratieve organisatie en de informatievoorziening aan belanghebbenden.</p>"
)


@pytest.mark.parametrize(
    ("word", "number"),
    [("ik", 1), ("partij", 2), ("leeuw", 1), ("bestuur", 2), ("reünie", 3), ("financiën", 4), ("eieren", 3), ("12", 1), ("draaien", 2)],
)  # fmt: skip
def test_syllables(word, number):
    assert syllables(word) == number


def test_easy_text_gets_no_advice():
    assert measure(EASY).advice == []
    assert measure(EASY).sentences == 3


def test_hard_text_gets_advice_about_each_limit():
    found = measure(HARD)

    assert len(found.advice) == 4
    assert found.long_sentences[0].startswith("De verantwoordingsverplichtingen")
    assert found.score < measure(EASY).score


def test_table_is_no_sentence_and_each_item_is_one():
    html = "<table><tr><td>een twee drie</td></tr></table><ul><li>Bel de bank</li><li>Bel de notaris</li></ul>"

    assert measure(html).sentences == 2


@pytest.mark.parametrize("html", ["", "<p></p>", "<p>…</p>", "<p>Ja</p>"])
def test_nothing_to_read(html):
    assert measure(html).advice == []
