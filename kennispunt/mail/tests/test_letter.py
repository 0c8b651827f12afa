"""One template makes two equal twins, and what a person typed stays what they typed."""

import html
import re

import html5lib
import pytest
from django.template import TemplateSyntaxError

from kennispunt.mail.letter import write


def words(letter_html):
    page = html5lib.parse(letter_html, namespaceHTMLElements=False)
    return " ".join(page.find("body").itertext())


def test_text_and_html_say_the_same(template, settings):
    settings.SITE_URL = "https://kennispunt.example"
    letter = write(
        template(
            "Onderwerp: Je aanmelding is binnen\n\nHallo {{ name }},\n\nDrie dingen:\n\n"
            "1. Nodig een *collega* uit.\n2. Kies een training.\n\n"
            "[Bekijk je aanmelding]({{ site }}/partijen/aanmelding/a_b_c/)\n\n"
            "Lees [de regels](https://kennispunt.example/regels/) en **bel** ons.\n"
        ),
        name="Anna",
    )

    assert letter.subject == "Je aanmelding is binnen"
    assert letter.text.startswith(
        "Hallo Anna,\n\nDrie dingen:\n\n1. Nodig een collega uit.\n2. Kies een training.\n\n"
        "Bekijk je aanmelding:\nhttps://kennispunt.example/partijen/aanmelding/a_b_c/\n\n"
        "Lees de regels (https://kennispunt.example/regels/) en bel ons."
    )
    said = re.sub(r"\(?https://\S+", "", letter.text)
    in_text = re.findall(r"[A-Za-zÀ-ÿ]+", said)
    assert (
        re.findall(r"[A-Za-zÀ-ÿ]+", re.sub(r"https://\S+", "", words(letter.html)))[1:] == in_text
    )
    assert 'href="https://kennispunt.example/partijen/aanmelding/a_b_c/"' in letter.html


def test_what_a_person_typed_makes_no_link_no_heading_and_no_html(template):
    typed = (
        "[klik](https://evil.example) <b>x</b>\n\n# Kop\n- punt\n    code\n<https://evil.example>"
    )
    letter = write(template("Onderwerp: Vraag\n\nDit is je vraag:\n\n{{ typed }}\n"), typed=typed)

    assert "evil.example" in words(letter.html)
    assert 'href="https://evil' not in letter.html
    assert not re.search(r"<(h1|b|li|code|pre)\b", letter.html)
    for line in typed.split("\n"):
        assert line.strip() in letter.text


def test_a_line_break_in_the_subject_stays_in_the_subject(template):
    source = template("Onderwerp: Training {{ title }}\n\nDag\n")

    letter = write(source, title="A & B\nBcc: x@example.org")

    assert letter.subject == "Training A & B Bcc: x@example.org"
    assert "Bcc" not in letter.text


def test_markdown_of_our_own_is_let_through_when_marked_safe(template):
    letter = write(
        template("Onderwerp: Antwoord\n\n{{ answer|safe }}\n"), answer="**Ja**, dat mag."
    )

    assert "Ja, dat mag." in letter.text
    assert "<strong" in letter.html


def test_tags_alone_on_a_line_leave_no_blank_line(template):
    source = "Onderwerp: Lijst\n\n{% for thing in things %}\n- {{ thing }}\n{% endfor %}\n"

    assert write(template(source), things=["een", "twee"]).text.startswith("- een\n- twee\n\n-- \n")


def test_lines_are_at_most_72_wide_and_addresses_stay_whole(template, settings):
    address = f"{settings.SITE_URL}/" + "x" * 100 + "/"
    source = template("Onderwerp: Lang\n\n" + "woord " * 40 + "\n\n{{ address }}\n")
    lines = write(source, address=address).text.split("\n")

    assert address in lines
    assert max(len(line) for line in lines if line != address) <= 72


@pytest.mark.parametrize(
    "source",
    ["Hallo\n\nzonder onderwerp", 'Onderwerp: X\n\n{% include "mail/foot.md" %}'],
)
def test_a_template_that_is_not_as_agreed_is_an_error(template, source):
    with pytest.raises(TemplateSyntaxError):
        write(template(source))


def test_the_html_asks_nothing_of_others_and_reads_in_the_dark(template):
    letter = write(template("Onderwerp: Dag\n\nDag\n"))

    assert "prefers-color-scheme: dark" in letter.html
    assert '<meta name="color-scheme" content="light dark"' in letter.html
    assert not re.search(r"<(img|script|link|iframe)\b|url\(", letter.html)
    assert 'lang="nl"' in letter.html
    assert html.escape("Wat weten we van je?", quote=False) in letter.html


def test_a_code_alone_in_bold_is_shown_large(template):
    letter = write(
        template("Onderwerp: Code\n\nJe code:\n\n**{{ code }}**\n\n**Let** op\n"), code="AB-12"
    )

    assert len(re.findall(r'<p class="big"[^>]*font-size: 28px', letter.html)) == 1
    assert "\nAB-12\n" in letter.text
