"""A list of names and a number with its word, in Python and in a template."""

import pytest
from django.template import Context, Template

from kennispunt.ui.dutch import counted, listed


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")],
)
def test_names_in_a_sentence(words, sentence):
    assert listed(words) == listed(iter(words)) == sentence


def test_one_of_several():
    assert listed(("pdf", "docx", "foto"), "of") == "pdf, docx of foto"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 mails zijn"),
        (1, "1 mail is"),
        (2, "2 mails zijn"),
        (1_234_567, "1.234.567 mails zijn"),
    ],
)
def test_number_with_its_word(number, words):
    assert counted(number, "mail is", "mails zijn") == words


def test_the_same_in_a_template():
    page = '{% load ui %}{{ names|listed }}; {{ names|listed:"of" }}; {{ number|counted:"a,b" }}'

    shown = Template(page).render(Context({"names": ["x", "<y>"], "number": 3}))

    assert shown == "x en &lt;y&gt;; x of &lt;y&gt;; 3 b"
