"""Answers by mail: what is plain is understood, what is not is never acted upon."""

from email.message import EmailMessage
from html import escape

import pytest

from kennispunt.mail.essence import essence
from kennispunt.mail.parsing import parse
from kennispunt.trainings.tests.answers import CANNOT, NO, PERSON, YES
from kennispunt.trainings.yes_or_no import Said, said

QUOTE = "Op di 24 nov 2026 om 10:12 schreef Kennispunt <info@kennispunt.example>:"
ASKED = "Wil je de plek? Beantwoord deze mail met JA. Toch niet? Antwoord met NEE."


def alone(text):
    return text, "plain"


def above_a_quote(text):
    return f"{text}\n\n{QUOTE}\n> {ASKED}\n", "plain"


def from_an_iphone(text):
    return f"{text}\n\nVerstuurd vanaf mijn iPhone\n\n> {QUOTE}\n> \n> {ASKED}\n", "plain"


def from_outlook(text):
    head = "Van: Kennispunt <info@kennispunt.example>\nVerzonden: dinsdag 24 november 2026 10:12"
    return (
        f"{text}\n\n{head}\nAan: Anna Bakker\nOnderwerp: Er is een plek vrij\n\n{ASKED}\n",
        "plain",
    )


def as_html(text):
    lines = "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n"))
    return (
        f"<html><body>{lines}<br><div class='gmail_quote'><div>{escape(QUOTE)}<br></div>"
        f"<blockquote><p>{ASKED}</p></blockquote></div></body></html>"
    ), "html"


PROGRAMS = [alone, above_a_quote, from_an_iphone, from_outlook, as_html]


def meant(text, program=alone, subject="Re: Er is een plek vrij. Wil je hem?"):
    body, kind = program(text)
    message = EmailMessage()
    message["From"], message["Subject"] = "Anna Bakker <anna@example.org>", subject
    message.set_content(body, subtype=kind)
    clauses = essence(parse(message.as_bytes()), names=["Anna"])
    return said(clauses) if clauses else None


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
@pytest.mark.parametrize(
    ("texts", "good"),
    [(YES, {Said.YES}), (NO, {Said.NO, Said.CANNOT}), (CANNOT, {Said.CANNOT}), (PERSON, set())],
    ids=["yes", "no", "cannot", "person"],
)
def test_no_answer_is_taken_for_another(texts, good, program):
    """Not one, in whatever program it was written: rather read by a person than acted upon."""
    wrong = {text: found for text in texts if (found := meant(text, program)) not in good | {None}}

    assert wrong == {}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_most_plain_answers_need_no_person(program):
    plain = [*YES, *NO, *CANNOT]
    unread = [text for text in plain if meant(text, program) is None]

    assert len(plain) >= 150
    assert len(unread) / len(plain) <= 0.15, unread
