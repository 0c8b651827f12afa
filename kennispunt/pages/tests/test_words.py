"""Difficult words are explained where they first stand."""

import pytest

from kennispunt.pages import text, words
from kennispunt.pages.references import References
from kennispunt.pages.words import Word, Words
from tests.html import faults

ALV = Word("alv", "algemene ledenvergadering", "ALV", "Alle leden **samen**.", "/begrippen/#alv")
LIST = Word("lijst", "kandidatenlijst", "", "De namen.", "/begrippen/#lijst")
UBO = Word("ubo", "UBO", "", "De baas.", "/begrippen/#ubo")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known(monkeypatch):
    monkeypatch.setattr(words, "_sources", [lambda: [ALV, LIST, UBO]])


def read(source, title=""):
    return text.read(source, References(), words=Words(), title=title)


def explained(html):
    return [word.slug for word in (ALV, LIST, UBO) if f'id="begrip-{word.slug}"' in html]


def test_first_use_is_explained_and_the_next_is_not():
    html = read("De ALV kiest. De ALV beslist.\n\nDe algemene ledenvergadering ook.").intro

    assert html.count("<button") == 1
    assert html.startswith(
        '<p>De <button type="button" class="spot" popovertarget="begrip-alv">ALV</button>'
    )
    assert "<dfn>Algemene ledenvergadering (ALV)</dfn> Alle leden samen." in html
    assert faults(f'<!doctype html><html lang="nl"><title>x</title><h1>x</h1>{html}'.encode()) == []


def test_once_on_the_whole_page():
    page = read(
        "## In het kort\n\nDe ALV.\n\n## Deel\n\nDe ALV.\n\n## Vragen\n\n### De ALV?\n\nDe ALV."
    )

    assert explained(page.brief) == ["alv"]
    assert explained(page.parts[0].html + page.questions[0].html) == []


@pytest.mark.parametrize(
    "source", ["Kandidatenlijsten maken.", "De kandidatenlijst.", "Twee UBO's.", "*UBO*"]
)
def test_other_endings_and_capitals(source):
    assert explained(read(source).intro) != []


@pytest.mark.parametrize(
    "source",
    ["[De ALV](https://a.example/)", "### De ALV", "**1. ALV.** Doe dit.", "Salvaties", "ALV-zaal", "de ubo", "`ALV`"],
)  # fmt: skip
def test_not_in_a_link_a_heading_or_another_word(source):
    assert explained(read(source).intro) == []


def test_not_when_the_page_is_about_it():
    assert explained(read("De ALV.", title="Een ALV houden").intro) == []


def test_not_unless_asked():
    assert text.read("De ALV.", References()).intro == "<p>De ALV.</p>\n"


def test_nothing_to_explain(monkeypatch):
    monkeypatch.setattr(words, "_sources", [])

    assert read("De ALV.").intro == "<p>De ALV.</p>\n"


def test_meaning_with_html_in_it_is_text(monkeypatch):
    bad = Word("x", "kip", "", "<script>alert(1)</script> & [x](javascript:alert(1))", '/x"><b>')
    monkeypatch.setattr(words, "_sources", [lambda: [bad]])

    html = read("De kip.").intro
    assert "<script" not in html
    assert "<b>" not in html
