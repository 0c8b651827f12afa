"""Readability of a text."""

import pytest

from kennispunt.pages.readability import average, measure, syllables

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


def test_more_than_three_short_sentences_in_a_row_are_a_run_and_a_list_is_none():
    drum = "<p>Bel de bank. Vraag de prijs. Schrijf het op. Vergelijk de prijzen.</p>"
    items = "<ul><li>Bel de bank</li><li>Vraag de prijs</li><li>Schrijf het op</li><li>Vergelijk ze</li></ul>"

    assert measure(EASY).runs == measure(items).runs == ()
    assert measure(drum).runs == (
        "Bel de bank. Vraag de prijs. Schrijf het op. Vergelijk de prijzen.",
    )
    assert measure(drum).advice == [
        "1 keer meer dan 3 korte zinnen achter elkaar: verbind ze met want, dus, als, maar of omdat."
    ]
    assert (
        measure(
            drum.replace("op. V", "op, want dan kun je later rustig kijken wie het doet. V")
        ).runs
        == ()
    )


def test_the_law_behind_a_sentence_is_not_read():
    law = '<a class="law" href="https://wetten.overheid.nl/BWBR0004627">Kieswet, artikel G 3 lid 4</a>'

    assert measure(f"<p>Je belt de notaris. {law} Hij stuurt een prijs.</p>").sentences == 2


def test_the_house_is_all_texts_as_one():
    house = average([measure(EASY), measure(HARD)])

    assert house.sentences == measure(EASY).sentences + measure(HARD).sentences
    assert house.longest == measure(HARD).longest
    assert house.short_share == 75
    assert average([]).advice == []


@pytest.mark.parametrize("html", ["", "<p></p>", "<p>…</p>", "<p>Ja</p>"])
def test_nothing_to_read(html):
    assert measure(html).advice == []
