"""A template is read by people: what it shows, and when, is seen without scrolling sideways."""

from django.conf import settings

LONGEST = 120


def lines():
    for file in (settings.BASE_DIR / "kennispunt").glob("*/templates/**/*.*"):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            yield f"{file.relative_to(settings.BASE_DIR)}:{number}", line


def is_prose(place, line):
    """In a mail a paragraph is one line, as a line end is one in the letter too; and so is the
    subject. What decides which words are said stands on lines of its own."""
    return ".md:" in place and (line.startswith("Onderwerp:") or "{%" not in line)


def test_no_line_of_a_template_is_too_long_to_review():
    """One element or group of attributes a line, and what is in an if below it."""
    long = [one for one, line in lines() if len(line) > LONGEST and not is_prose(one, line)]

    assert long == []
