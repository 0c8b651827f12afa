"""The page that a reader sees of the Markdown that an editor writes."""

import re
from datetime import date

import pytest

from kennispunt.elections.bureaus import bureaus
from kennispunt.facts.models import Fact, Law
from kennispunt.pages import text
from kennispunt.pages.references import References, UnknownReference, problems, show

TODAY = date(2026, 11, 24)


@pytest.fixture
def references(db):
    Law.objects.create(name="Kieswet", title="Kieswet", bwb_id="BWBR0004627")
    Fact.objects.create(
        name="prijs", what="Prijs", value="350", unit="EUR", certainty="middel", checked_on=TODAY,
        source="een notaris", reservation="De prijzen verschillen veel.",
    )  # fmt: skip
    return References(TODAY)


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[klik](javascript:alert(1))",
        "![](https://elders.example/volg.gif)",
        '{{feit: "><script>alert(1)</script>}}',
        "| a |\n|---:|\n| <b onclick=alert(1)>x</b> |",
        "**1. <script>alert(1)</script>** stap",
    ],
)
def test_no_script_or_foreign_picture_passes(references, source):
    html = text.read(source, references).intro

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert "<b " not in html
    assert "style=" not in html


def test_questions_have_addresses_of_their_own(references):
    source = "## Kosten\n\nNiets.\n\n## Vragen\n\n### Kosten\n\nJa.\n\n### Kosten\n\nNee.\n\n---\n\nSlot."
    document = text.read(source, references)

    assert [part.id for part in document.parts] == ["kosten"]
    assert [one.id for one in document.questions] == ["kosten-2", "kosten-3"]
    assert document.closing == "<p>Slot.</p>\n"


def test_numbered_paragraphs_become_steps(references):
    html = text.read("**1. Bel.** Vandaag.\n\n**2. Betaal.** Morgen.\n\nKlaar.", references).intro

    assert html.count("<h3>") == 2
    assert "<h3>Bel</h3><p>Vandaag.</p>" in html
    assert html.endswith("</ol><p>Klaar.</p>\n")


def test_reservation_follows_its_fact_once(references):
    html = text.read("Reken op {{feit: prijs}}.\n\nDus {{feit: prijs}}.", references).intro

    assert "€\xa0350" in html or "€ 350" in html
    assert html.count("De prijzen verschillen veel.") == 1


def test_elections_on_different_days_are_named(references):
    html = references.show_day("stemming", ("ps", "gr"))

    said = re.sub("<[^>]+>", "", html)
    assert "17 maart 2027 (berekend) (provinciale staten)" in said
    assert 'href="/kalender/#berekend"' in html
    assert "2030 (berekend) (gemeenteraad)" in said


def test_day_may_be_counted_from(references):
    html = references.show_day("kandidaatstelling -3 maanden", ("ps",))

    assert "1 november 2026" in html


def test_planned_link_is_plain_text(references):
    html = text.read("[Lees verder](module:partij-oprichten) dan", references).intro

    assert html == "<p>Lees verder dan</p>\n"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Vraag het. [Lees meer](module:partij-oprichten). Bel ons.", "Vraag het.  Bel ons."),
        ("Bel ons. [Lees *meer*](module:partij-oprichten).", "Bel ons. "),
        ("Een [module](module:partij-oprichten).", "Een module."),
        ("[Lees meer](module:partij-oprichten).", "Lees meer."),
    ],
)
def test_sentence_that_only_leads_to_what_is_planned_is_left_out(references, source, shown):
    assert text.read(source, references).intro == f"<p>{shown}</p>\n"


@pytest.mark.parametrize(
    "line",
    [
        "{{feit: bestaat-niet}}",
        "{{feit: prijs veel}}",
        "{{wet: Wet op de kip 3}}",
        "{{dag: kippendag}}",
        "{{dag: registratie xx}}",
        "{{kip: ei}}",
        "{{feit: prijs",
        "[kip](artikel:kip)",
    ],
)
def test_name_that_nothing_has_is_found_on_its_line(references, line):
    assert [one.line for one in problems(f"Goed.\n\n{line}\n", references, ("ps",))] == [3]


def test_name_that_nothing_has_does_not_break_a_page(references):
    assert "{{feit: weg}}" in text.read("Dit is {{feit: weg}}.", references).intro


def test_day_needs_an_election(references):
    with pytest.raises(UnknownReference):
        references.days("registratie")


def test_a_text_can_show_where_an_electoral_bureau_is():
    asked = [("stembureau", "PV25"), ("kieskringen", "PV25"), ("kieskringen", "PV22")]
    shown = [show(kind, what, References(), ()) for kind, what in asked]

    assert shown == [bureaus()["PV25"].line, "Nijmegen en Arnhem", "één kieskring"]
    with pytest.raises(UnknownReference, match="geen centraal stembureau"):
        show("stembureau", "PV99", References(), ())
