"""What the calendar asks of a party, with the law open: new, with a seat here, with one elsewhere.

Read in the text of the Kieswet of 1 October 2026 and the Wet arhi of 1 January 2024.
"""

from datetime import date

import html5lib
import pytest

from kennispunt.elections import views
from kennispunt.elections.calendar import LIGHT, NEW_GEMEENTE, election
from kennispunt.elections.situations import SITUATIONS, situation_in

pytestmark = pytest.mark.django_db

ASKED = {"registratie", "waarborgsom", "steun-start", "steun-eind"}
ANEW = ["herindeling-2022", "herindeling-2027", "herindeling-2018"]
KEPT = [
    "provinciale-staten-2027", "waterschap-2027", "eilandsraad-2027", "gemeenteraad-2030",
    "herindeling-2026",
]  # fmt: skip


@pytest.fixture(autouse=True)
def on_28_november(monkeypatch):
    monkeypatch.setattr(views, "localdate", lambda: date(2026, 11, 28))


def found(slug):
    return views.find(slug)[1]


def words(client, address):
    page = html5lib.parse(client.get(address).content, namespaceHTMLElements=False)
    return " ".join(" ".join(page.find("body").itertext()).split())


def names(slug, situation):
    return {day.name for day in found(slug).days_for(situation)}


@pytest.mark.parametrize("slug", KEPT)
def test_who_has_a_seat_here_keeps_its_name_and_pays_nothing(slug):
    assert names(slug, "nieuw") >= ASKED
    assert not names(slug, "zetel") & ASKED
    assert "kandidaatstelling" in names(slug, "zetel")


@pytest.mark.parametrize("slug", ANEW)
def test_in_a_new_gemeente_everybody_registers_pays_and_asks_signatures_anew(client, starter, slug):
    assert names(slug, "zetel") == names(slug, "nieuw") >= ASKED

    text = words(client, f"/kalender/{slug}/zetel/")
    assert "registreert haar naam opnieuw, ook als zij nu in de raad zit" in text
    assert "model G 1-1" in text
    assert "model H 4" in text
    assert "Geen waarborgsom en geen ondersteuningsverklaringen" not in text


def test_a_new_gemeente_numbers_after_the_largest_and_asks_a_copy_of_every_candidate(
    client, starter
):
    text = words(client, "/kalender/herindeling-2022/zetel/")

    assert "een zetel haalden in de gemeente die de verkiezing voorbereidt" in text
    assert "van elke kandidaat. Ontbreekt de kopie" in text


def test_what_a_merger_makes_is_a_property_of_its_data():
    assert election("HERINDELING", 2022).merger == NEW_GEMEENTE
    assert election("HERINDELING", 2026).merger == LIGHT
    assert election("HERINDELING", 2027).merger == ""  # nobody knows yet: the most is asked


def test_the_gemeente_that_goes_on_keeps_its_register_and_the_one_that_ends_does_not(
    client, starter
):
    text = words(client, "/kalender/herindeling-2026/zetel/")

    assert "een zetel in de gemeente die blijft bestaan" in text
    assert "een zetel in de gemeente die verdwijnt? Dan telt die niet mee" in text


def test_a_merger_of_which_we_found_only_a_bill_is_not_said_to_have_voted(client, starter):
    for address in ("/kalender/herindeling-2026/", "/kalender/herindeling-2026/zetel/"):
        text = words(client, address)
        assert "We weten niet of deze verkiezing er was" in text
        assert "Er is al gestemd" not in text
    assert "Er is al gestemd" in words(client, "/kalender/herindeling-2018/")
    assert "nieuwe gemeente: Hilversum" not in words(client, "/kalender/herindeling-2026/")
    assert "56d" in found("herindeling-2026").day("registratie").note


@pytest.mark.parametrize(
    ("slug", "here"),
    [
        ("provinciale-staten-2027", "een zetel in deze Staten"),
        ("waterschap-2027", "een zetel in dit waterschap"),
        ("eilandsraad-2027", "een zetel in deze eilandsraad"),
        ("kiescollege-2027", "een zetel in dit kiescollege"),
        ("gemeenteraad-2030", "een zetel in deze gemeenteraad"),
    ],
)
def test_a_seat_is_a_seat_in_this_body(client, starter, slug, here):
    assert here in situation_in(found(slug), "zetel").text
    assert (
        "een zetel ergens anders telt hier niet mee"
        in situation_in(found(slug), "nieuw").text.lower()
    )
    assert here in words(client, f"/kalender/{slug}/zetel/")


def test_overview_names_every_body_that_votes_that_day(client, starter):
    text = words(client, "/kalender/")

    assert "een zetel in deze Staten, in dit waterschap, in deze eilandsraad of in dit" in text


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("provinciale-staten-2027", "in het gemeentehuis van zijn eigen gemeente"),
        ("provinciale-staten-2027", "Alleen wie in die kieskring als kiezer staat"),
        ("waterschap-2027", "Alleen wie in dit waterschap als kiezer staat"),
        ("gemeenteraad-2030", "Alleen wie in deze gemeente als kiezer staat"),
        ("eilandsraad-2027", "op het bestuurskantoor van het eiland"),
    ],
)
def test_a_voter_signs_where_the_law_says_and_counts_only_there(slug, says):
    assert says in found(slug).day("steun-start").note


@pytest.mark.parametrize(
    "slug", ["provinciale-staten-2027", "waterschap-2027", "gemeenteraad-2030"]
)
def test_accepting_warns_that_the_old_members_decide_before_they_leave(slug):
    day = found(slug).day

    assert day("aannemen").date > day("aftreden").date
    assert "laatste vergadering vóór het aftreden" in day("aannemen").note
    assert "openbare functies" in day("aannemen").note


def test_a_merger_is_admitted_by_the_old_council_before_a_day_of_the_province():
    assert "Wet arhi 56 lid 2" in found("herindeling-2027").day("aannemen").note


@pytest.mark.parametrize("situation", ["nieuw", "samen", "zetel"])
def test_every_situation_says_what_cannot_be_repaired_and_who_may_repair(
    client, starter, situation
):
    text = words(client, f"/kalender/provinciale-staten-2027/{situation}/")

    assert "Te laat ingeleverd, of niet op het model? Dat kun je niet herstellen." in text
    assert "Zet erop wie een fout mag herstellen" in text
    assert "een verklaring dat hij er na benoeming gaat wonen" in text


def test_island_asks_ten_declarations_as_a_small_council_does(client, starter):
    text = words(client, "/kalender/eilandsraad-2027/nieuw/")

    assert "10 verklaringen" in text
    assert "niet bekend" not in text


def test_no_page_of_a_situation_misses_its_words():
    for slug in [*KEPT, *ANEW, "tweede-kamer-2030", "europees-parlement-2029"]:
        assert all(situation_in(found(slug), one).text for one in SITUATIONS)


def test_a_new_party_reads_what_a_name_needs_before_the_day_is_there(client, starter):
    for slug, says in (
        ("provinciale-staten-2027", "een vereniging met een akte van de notaris. Lever"),
        ("waterschap-2027", "een vereniging met een akte van de notaris, of een stichting. Lever"),
    ):
        assert says in words(client, f"/kalender/{slug}/nieuw/")


def test_page_of_an_area_says_of_which_body_the_seat_is(client, starter):
    text = words(client, "/kalender/gebied/assen/")

    assert "zonder zetel in deze Staten" in text
    assert "zonder zetel in dit waterschap" in text
    assert "een kiezer stemt voor het waterschap van zijn adres" in text


@pytest.mark.parametrize(
    ("code", "year", "name", "article"),
    [
        ("PS", 2027, "doorwerking", "Kieswet G 1 lid 8"),
        ("WS", 2027, "doorwerking", "Kieswet G 1 lid 8"),
        ("ER", 2027, "doorwerking", "Kieswet G 1 lid 8, Ya 13"),
        ("ER", 2027, "doorwerking-besluit", "Kieswet G 4 lid 3, Ya 13"),
        ("KC", 2027, "doorwerking", "Kieswet G 1 lid 8, Ya 15 lid 3, Ya 26 lid 1"),
        ("GR", 2030, "doorwerking", "Kieswet G 1 lid 8, G 2 lid 8"),
        ("WS", 2027, "registratie", "Kieswet G 2a lid 1"),
        ("ER", 2027, "registratie", "Kieswet G 3 lid 1, Ya 13"),
        ("PS", 2027, "kandidaten-bij-kiezer", "Kieswet J 9; Kiesbesluit J 1"),
    ],
)
def test_a_day_names_the_article_that_sets_it_for_this_body(code, year, name, article):
    assert election(code, year).day(name).article == article


def test_the_deposit_is_in_the_account_that_day_under_the_words_the_decree_asks(client, starter):
    for slug in ("provinciale-staten-2027", "eilandsraad-2027"):
        said = words(client, f"/kalender/{slug}/nieuw/")
        assert "op de rekening staan, met de woorden ‘waarborgsom kandidaatstelling’" in said


def test_a_name_from_elsewhere_may_be_refused_here(client, starter):
    assert "tenzij het centraal stembureau anders besluit" in words(
        client, "/kalender/herindeling-2027/nieuw/"
    )


def test_a_candidate_off_the_island_names_somebody_by_the_rule_of_the_islands(client, starter):
    assert "artikel Ya 16" in words(client, "/kalender/eilandsraad-2027/nieuw/")
