"""Dutch as people write it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennispunt.search.dutch import DATA, Dutch, plain, plain_words, stem, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("leden", "lid"),
        ("bestuursleden", "bestuurslid"),
        ("registreren", "registratie"),
        ("screening", "gescreend"),
        ("fuseren", "fusies"),
        ("betaald", "betaling"),
        ("opgericht", "oprichting"),
        ("begint", "begonnen"),
        ("ingeschreven", "inschrijving"),
        ("wijziging", "gewijzigd"),
        ("gemeenten", "gemeente"),
        ("kandidaten", "kandidaat"),
    ],
)
def test_forms_of_a_word_meet(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("a.l.v.", ["alv"]),
        ("de A.L.V. van mei", ["de", "alv", "van", "mei"]),
        ("K.v.K.", ["kvk"]),
        ("a.v.g", ["avg"]),
        ("P.v.d.A.-lijst", ["pvda", "lijst"]),
        ("(b.v.)", ["bv"]),
        ("Dat is zo. a.l.v. is nodig", ["dat", "is", "zo", "alv", "is", "nodig"]),
        ("plan B. Dan", ["plan", "b", "dan"]),
        ("kennispunt.example", ["kennispunt", "example"]),
        ("v1.2 1.250,75", ["v1", "2", "1", "250", "75"]),
    ],
)
def test_abbreviation_with_dots_is_one_word(written, plain):
    assert [word.plain for word in words(written)] == plain
    assert plain_words(written) == plain


def test_stems_are_right_when_threads_start_together():
    """Nothing that is not made for threads is shared: a wrong stem would be remembered as well."""
    among = [f"{start}{end}" for start in DATA["parts"]["words"].split() for end in ("", "en", "s")]
    expected = [stem.__wrapped__(word) for word in among]
    for _ in range(5):
        stem.cache_clear()
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(stem, among)) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gemeente", "mening"),
        ("gift", "gegeven"),
        ("leden", "lijden"),
        ("verleden", "verlid"),
        ("geldig", "geld"),
        ("raad", "raden"),
    ],
)
def test_words_that_look_alike_stay_apart(one, other):
    assert (stem(one) == stem(other)) is (one == "raad")  # raden is the plural of raad


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("gemeenteraadsverkiezingen", ["gemeente", "raad", "verkiezing"]),
        ("ledenvergadering", ["lid", "vergadering"]),
        ("raadsleden", ["raad", "lid"]),
        ("kandidatenlijst", ["kandidaat", "lijst"]),
        ("waarborgsom", ["waarborg", "som"]),
        ("kascontrolecommissie", ["kas", "controle", "commissie"]),
        ("kandidaatstelling", []),
        ("lijsttrekkers", []),
        ("voorzitter", []),
    ],
)
def test_a_compound_has_its_parts_and_nothing_else(compound, parts):
    assert list(Dutch().leaves(compound)) == [stem(part) for part in parts]


def test_words_of_our_own_titles_are_parts_too():
    assert not Dutch().leaves("belangenverstrengeling")
    assert Dutch([stem("verstrengeling")]).leaves("belangenverstrengeling")


def test_a_word_knows_its_place():
    text = "Foto's per e-mail: één kandidaat-raadslid"

    assert [(w.plain, text[w.start : w.end]) for w in words(text)] == [
        ("foto", "Foto's"),
        ("per", "per"),
        ("email", "e-mail"),
        ("een", "één"),
        ("kandidaat", "kandidaat"),
        ("raadslid", "raadslid"),
    ]


@given(st.text())
def test_tokens_of_any_text_are_safe_for_the_engines(text):
    for token in Dutch().text_tokens(text):
        assert (token and token == plain(token)) or token.isalnum()
        assert not set(token) & set(" \n\t\0\"'\\:/!*")
