"""A text of an editor as plain text: lines for a mail, a Word document and a flyer."""

import re
from typing import NamedTuple

from django.conf import settings

from kennispunt.mail.html_text import text_of
from kennispunt.pages import text
from kennispunt.pages.references import References

HIDDEN = re.compile(r'<span class="visually-hidden">.*?</span>')
# On paper a fact or a law says itself; an address behind each would bury the text.
NAMED = re.compile(r'<a class="(?:fact|law)"[^>]*>(.*?)</a>')


class Line(NamedTuple):
    """A paragraph, or one item of a list."""

    text: str
    is_item: bool = False


def lines_of(body: str, references: References) -> list[Line]:
    """All that a text says, with what it refers to filled in and the address behind each link."""
    document = text.read(body, references)
    html = document.intro + "".join(f"<p>{one.title}</p>{one.html}" for one in document.parts)
    html = NAMED.sub(r"\1", HIDDEN.sub("", html)).replace('href="/', f'href="{settings.SITE_URL}/')
    found = [one for one in text_of(html).split("\n") if one]
    return [Line(one.removeprefix("- "), one.startswith("- ")) for one in found]


def as_plain_text(lines: list[Line]) -> str:
    """As plain text: a blank line between paragraphs, none between the items of a list."""
    said = ""
    for line, before in zip(lines, [None, *lines], strict=False):
        between = "\n" if before and before.is_item and line.is_item else "\n\n"
        said += f"{between if said else ''}{'- ' if line.is_item else ''}{line.text}"
    return said
