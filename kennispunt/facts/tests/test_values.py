"""How a value is written and shown, and how a reference to the law is read. No database."""

import pytest

from kennispunt.facts.laws import Law, UnknownLaw, parse
from kennispunt.facts.values import bare, problem, shown, written

LAWS = [
    Law("BW", "Burgerlijk Wetboek", "https://example.org/bw"),
    Law("BW 2", "Burgerlijk Wetboek, Boek 2", "https://example.org/bw2"),
    Law("Kieswet", "Kieswet", "https://example.org/kw"),
]


@pytest.mark.parametrize(
    ("value", "unit", "text", "number"),
    [
        ("112.50", "EUR", "€ 112,50", "112,50"),
        ("225", "EUR", "€ 225", "225"),
        ("5.6", "EUR", "€ 5,60", "5,60"),
        ("8150000", "EUR", "€ 8.150.000", "8.150.000"),
        ("112.50", "USD", "USD 112,50", "112,50"),
        ("35", "tekens", "35 tekens", "35"),
        ("1", "maanden", "1 maand", "1"),
        ("1", "jaar", "1 jaar", "1"),
        ("10", "procent", "10%", "10"),
        ("12.5", "procent", "12,5%", "12,5"),
        ("2/3", "deel", "2/3 deel", "2/3"),
        ("09:00-17:00", "tijd", "9.00 tot 17.00 uur", "9.00-17.00"),
    ],
)
def test_value_in_dutch(value, unit, text, number):
    assert problem(value, unit) == ""
    assert (shown(value, unit), bare(value, unit)) == (text, number)


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("112,50", "EUR"),
        ("€ 5", "EUR"),
        ("-5", "EUR"),
        ("1.005", "EUR"),
        ("1e3", "EUR"),
        ("NaN", "EUR"),
        ("", "EUR"),
        ("101", "procent"),
        ("3/2", "deel"),
        ("2/0", "deel"),
        ("9-17 uur", "tijd"),
        ("25:00-26:00", "tijd"),
        ("2.5", "dagen"),
        ("3", "olifanten"),
    ],
)
def test_value_that_is_refused(value, unit):
    assert problem(value, unit)


@pytest.mark.parametrize(
    ("text", "law", "label"),
    [
        ("Kieswet G 3 lid 4", "Kieswet", "Kieswet, artikel G 3 lid 4"),
        ("Kieswet", "Kieswet", "Kieswet"),
        ("Kieswet P 7, P 8", "Kieswet", "Kieswet, artikelen P 7 en P 8"),
        ("Kieswet Ya 13, Ya 15, Ya 17", "Kieswet", "Kieswet, artikelen Ya 13, Ya 15 en Ya 17"),
        ("BW 2 44", "BW 2", "BW 2, artikel 44"),
        ("BW  2 36   lid 1", "BW 2", "BW 2, artikel 36 lid 1"),
        ("BW 7", "BW", "BW, artikel 7"),
    ],
)
def test_reference_to_the_law(text, law, label):
    found = parse(text, LAWS)
    assert (found.law.name, found.label) == (law, label)


@pytest.mark.parametrize("text", ["Kieswetboek G 3", "Grondwet 4", "", "Kieswet <b>", "Kieswet G"])
def test_reference_that_is_refused(text):
    with pytest.raises(UnknownLaw):
        parse(text, LAWS)


@pytest.mark.parametrize(
    ("typed", "unit", "kept"),
    [
        ("125,00", "EUR", "125.00"), ("€ 11.250", "EUR", "11250"), ("11.250", "EUR", "11250"), ("2.125", "procent", "2.125"), ("€ 11.250,00", "EUR", "11250.00"),
        ("112.50", "EUR", "112.50"), ("2,5", "procent", "2.5"), ("2/3", "deel", "2/3"), ("\u200b35 ", "dagen", "35"),
        ("09:00-17:00", "tijd", "09:00-17:00"), ("veel", "EUR", "veel"),
    ],
)  # fmt: skip
def test_value_is_kept_in_one_way_however_it_was_typed(typed, unit, kept):
    assert written(typed, unit) == kept
