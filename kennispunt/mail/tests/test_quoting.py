"""The words of people, apart from what their programs put around them. All invented."""

import time

import pytest

from kennispunt.mail.quoting import QUOTE, SIGNATURE, pieces, written

ANSWER = "Ja, we komen met drie mensen.\n\nKan het ook op dinsdag?"

# What stands below an answer in the mail programs that volunteers use.
BELOW = {
    "gmail": """
Op di 24 nov 2026 om 10:12 schreef Kennispunt <info@kennispunt.example>:

> Beste Anna,
>
> Met hoeveel komen jullie?
""",
    "gmail, broken over two lines": """
Op di 24 nov 2026 om 10:12 schreef Kennispunt Lokale Partijen <
info@kennispunt.example>:

> Met hoeveel komen jullie?
""",
    "gmail on a telephone, without marks": """
Op di 24 nov. 2026 10:12 schreef Kennispunt <info@kennispunt.example>:

Met hoeveel komen jullie?
Groet, Tess
""",
    "apple": """
> Op 24 nov 2026, om 10:12 heeft Kennispunt <info@kennispunt.example> het volgende geschreven:
>
> Met hoeveel komen jullie?
""",
    "iphone": """
Verstuurd vanaf mijn iPhone

> Op 24 nov 2026 om 10:12 heeft Kennispunt <info@kennispunt.example> het volgende geschreven:
>
> Met hoeveel komen jullie?
""",
    "apple, header without mark": """
Op 24 nov 2026, om 10:12 heeft Kennispunt <info@kennispunt.example>
het volgende geschreven:

> Met hoeveel komen jullie?
""",
    "outlook": """
Van: Kennispunt <info@kennispunt.example>
Verzonden: dinsdag 24 november 2026 10:12
Aan: Anna Bakker <anna@example.org>
Onderwerp: Met hoeveel komen jullie?

Beste Anna,

Met hoeveel komen jullie?
""",
    "outlook with a ruler": """
________________________________
Van: Kennispunt <info@kennispunt.example>
Verzonden: dinsdag 24 november 2026 10:12
Aan: Anna Bakker <anna@example.org>
Onderwerp: Met hoeveel komen jullie?

Met hoeveel komen jullie?
""",
    "outlook on a telephone": """
Outlook voor iOS downloaden<https://example.org/outlook>
________________________________
Van: Kennispunt <info@kennispunt.example>
Verzonden: Tuesday, November 24, 2026 10:12:03 AM
Aan: Anna Bakker <anna@example.org>
Onderwerp: Met hoeveel komen jullie?

Met hoeveel komen jullie?
""",
    "outlook, old": """
-----Oorspronkelijk bericht-----
Van: Kennispunt [mailto:info@kennispunt.example]
Verzonden: dinsdag 24 november 2026 10:12
Aan: Anna Bakker
Onderwerp: Met hoeveel komen jullie?

Met hoeveel komen jullie?
""",
    "outlook in bold": """
*Van:* Kennispunt <info@kennispunt.example>
*Verzonden:* dinsdag 24 november 2026 10:12
*Aan:* Anna Bakker <anna@example.org>
*Onderwerp:* Met hoeveel komen jullie?

Met hoeveel komen jullie?
""",
    "thunderbird": """
Op 24-11-2026 om 10:12 schreef Kennispunt:
> Met hoeveel komen jullie?
""",
    "webmail of a provider": """
> Op 24-11-2026 10:12 CET schreef Kennispunt <info@kennispunt.example>:
>
>
> Met hoeveel komen jullie?
""",
    "roundcube": """
Kennispunt schreef op 2026-11-24 10:12:
> Met hoeveel komen jullie?
""",
    "proton": """
Verzonden met Proton Mail beveiligde e-mail.

Op dinsdag 24 november 2026 om 10:12 schreef Kennispunt <info@kennispunt.example>:

> Met hoeveel komen jullie?
""",
    "samsung": """
Verzonden vanaf mijn Galaxy


-------- Oorspronkelijk bericht --------
Van: Kennispunt <info@kennispunt.example>
Datum: 24-11-2026 10:12 (GMT+01:00)
Aan: anna@example.org
Onderwerp: Met hoeveel komen jullie?

Met hoeveel komen jullie?
""",
    "english": """
On Tue, Nov 24, 2026 at 10:12 AM Kennispunt <info@kennispunt.example> wrote:

> Met hoeveel komen jullie?
""",
    "yahoo": """
    Op dinsdag 24 november 2026 om 10:12:03 CET schreef Kennispunt <info@kennispunt.example>:

 Met hoeveel komen jullie?
""",
}
# With and without a name of one's own between answer and quote.
SIGNED = {
    "nothing": "",
    "a greeting": "\n\nMet vriendelijke groet,\n\nAnna Bakker\nsecretaris Dorpsbelang Lindewaard\n06 00 00 00 00",
    "groetjes": "\n\nGroetjes, Anna",
    "mvg": "\n\nMvg,\nAnna",
    "dashes": "\n\n-- \nAnna Bakker\nSecretaris, al tien jaar, en met een lange spreuk eronder die niet in de weg mag staan",
    "disclaimer": "\n\nHartelijke groet,\nAnna\n\nDit bericht is uitsluitend bestemd voor de geadresseerde. Bent u dat niet, verwijder het dan.",
}


@pytest.mark.parametrize("signed", SIGNED)
@pytest.mark.parametrize("program", BELOW)
def test_only_the_answer_is_left(program, signed):
    assert written(pieces(f"{ANSWER}{SIGNED[signed]}\n{BELOW[program]}")) == ANSWER


@pytest.mark.parametrize("program", BELOW)
def test_nothing_is_thrown_away(program):
    text = f"{ANSWER}{SIGNED['a greeting']}\n{BELOW[program]}"

    kept = "\n".join(piece.text for piece in pieces(text))
    assert kept.split() == text.split()


@pytest.mark.parametrize(
    "text",
    [
        "Bedankt, we komen met z'n vieren.",
        "- punt een\n- punt twee\n\nKan dat zo?",
        "Op dinsdag kunnen we niet.\nOp woensdag wel: dan zijn we met zes.",
        "Van: het station kun je lopen.\nDat duurt tien minuten.",
        "Anna schreef gisteren: dat het niet doorgaat.",
        "Groet aan iedereen daar, en dan nog dit: wie betaalt de zaal?\nDat hoor ik graag.",
        "Vriendelijke mensen bij jullie.\nWe willen graag weten hoe het werkt.",
        "Wij vroegen ons af:\nOp welke datum is de vergadering?",
        "Met vriendelijke groet was het vorige bericht ondertekend, en nu?",
        "Op 12 december hebben we de zaal. Heeft iemand de sleutel?",
    ],
)
def test_an_answer_that_looks_like_something_else_stays_whole(text):
    assert written(pieces(text)) == text


def test_an_answer_below_the_question():
    text = "Op di 24 nov 2026 om 10:12 schreef Kennispunt <info@kennispunt.example>:\n\n> Met hoeveel komen jullie?\n\nMet z'n drieën.\n\nGroet,\nAnna"

    assert written(pieces(text)) == "Met z'n drieën."


def test_answers_between_the_questions_stay_in_order():
    text = "Op 24-11-2026 om 10:12 schreef Tess:\n> Met hoeveel komen jullie?\nDrie.\n> En wie betaalt?\nDe partij."

    found = pieces(text)

    assert written(found) == "Drie.\n\nDe partij."
    assert [piece.kind for piece in found] == [QUOTE, "text", QUOTE, "text"]


def test_a_postscript_below_the_name_is_read():
    found = pieces(
        "We komen.\n\nMet vriendelijke groet,\nAnna\n\nPS: is er koffie?\n\n-- \nDorpsbelang"
    )

    assert written(found) == "We komen.\n\nPS: is er koffie?"
    assert [piece.kind for piece in found] == ["text", SIGNATURE, "text", SIGNATURE]


def test_a_sentence_below_the_name_is_read():
    text = "We komen.\n\nGroet,\nAnna\n\nKan mijn buurman ook mee op die avond?"

    assert written(pieces(text)) == "We komen.\n\nKan mijn buurman ook mee op die avond?"


@pytest.mark.parametrize(
    "slow",
    [
        "op 1 " + "heeft " * 50_000 + ":",
        "\n".join(["op 1 a schreef b <x@y>"] * 20_000),
        "van: x\n" * 20_000,
        "met vriendelijke groet\n" * 20_000,
        "groet, " * 50_000,
        "_ " * 100_000,
    ],
)
def test_no_text_takes_long(slow):
    began = time.process_time()
    pieces(slow)
    assert time.process_time() - began < 2
