"""What our texts say of the law must not mislead by what they leave out.

Each test is a kind of fault that a lawyer found once, in every text there is.
"""

import re
import tomllib

import pytest
from django.conf import settings

INHOUD = settings.BASE_DIR / "inhoud"
TEXTS = sorted(path for path in INHOUD.rglob("*.md") if path.name != "LICENTIE.md")
EACH = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
BODIES = ("ps", "ws", "er", "gr")
SIGNING = re.compile(r"(teken|handtekening)[^.|]{0,60}in het gemeentehuis(?! van)", re.IGNORECASE)


def terms() -> dict:
    return tomllib.loads((INHOUD / "begrippen.toml").read_text("utf-8"))


def brief(text: str) -> str:
    """What somebody reads who reads "In het kort" alone."""
    _, _, rest = text.partition("## In het kort")
    return rest.partition("\n## ")[0]


@EACH
def test_amount_of_one_election_stands_beside_those_of_the_others(path):
    text = path.read_text("utf-8")
    if 'verkiezingen = ["herindeling"]' in text:  # When gemeenten merge, no other body is elected.
        return
    for part in (text, brief(text)):
        for family in ("waarborgsom-naam", "waarborgsom-lijst"):
            named = [one for one in BODIES if f"feit: {family}-{one}" in part]
            # An article on one kind of election names that one; whoever names the gemeente names all.
            assert "gr" not in named or named == list(BODIES), f"{family}: {named}"


@EACH
def test_no_month_is_meant_that_the_reader_is_no_longer_in(path):
    text = path.read_text("utf-8").partition("+++\n\n")[2]

    assert not re.search(r"\b(deze maand|volgende maand|dit najaar)\b", text)


@EACH
def test_a_voter_signs_in_the_town_hall_of_their_own_gemeente(path):
    text = path.read_text("utf-8")
    found = SIGNING.search(text)

    assert not found or "eigen gemeente" in text or "eigen gemeentehuis" in text, found


@EACH
def test_what_the_law_says_of_an_island_is_not_a_question(path):
    for line in path.read_text("utf-8").splitlines():
        assert not ("Eilandsraad" in line and "Vraag het" in line), line


def test_asking_once_for_a_proxy_is_already_a_crime():
    meaning = terms()["volmacht"]["betekenis"]

    assert "Eén keer is al strafbaar" in meaning
    assert "steeds weer" not in meaning


def test_terms_say_where_a_voter_signs_who_admits_and_who_registers_anew():
    known = {name: term["betekenis"] for name, term in terms().items()}

    assert "van zijn eigen gemeente" in known["ondersteuningsverklaring"]
    assert "in het orgaan dat wordt gekozen" in known["ondersteuningsverklaring"]
    assert "de oude leden beslissen" in known["benoeming"]
    assert "de oude leden" in known["geloofsbrief"]
    assert "registreert elke plaatselijke partij haar naam opnieuw" in known["herindeling"]


@pytest.mark.parametrize("slug", ["naam-registreren", "laatste-dag-gemist", "lijst-inleveren"])
def test_forms_are_named_by_their_model(slug):
    text = (INHOUD / "artikelen" / f"{slug}.md").read_text("utf-8")

    assert re.search(r"model [GH] \d", text)
    assert slug == "lijst-inleveren" or "verkiezingentoolkit/modellen" in text


def test_article_for_who_is_late_says_what_cannot_be_mended_and_who_reads_the_signatures():
    text = (INHOUD / "artikelen" / "laatste-dag-gemist.md").read_text("utf-8")

    assert "Dit herstel je niet" in text
    assert "voor iedereen ter inzage" in text
    assert "Ook kandidaten mogen tekenen" in text
