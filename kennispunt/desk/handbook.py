"""The handbook of docs/handboek/ as pages of the desk, so that nobody has to know of files."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from markdown_it import MarkdownIt

from kennispunt.ui.tables import labelled

FOLDER = settings.BASE_DIR / "docs" / "handboek"
START = "README"


class Chapter(NamedTuple):
    title: str
    html: str  # of our own files, without HTML in them


@cache
def chapter(name: str) -> Chapter | None:
    """One file as a page; None when there is none. Links and pictures lead to their own."""
    if name not in names():
        return None
    text = (FOLDER / f"{name}.md").read_text("utf-8")
    title, _, body = text.partition("\n")
    body = re.sub(r"\]\(([a-z-]+)\.md(#[a-z-]+)?\)", to_chapter, body)
    body = re.sub(r"\]\(beelden/([a-z0-9-]+\.png)\)", to_picture, body)
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("table_open", open_table)
    markdown.add_render_rule("table_close", lambda *_: "</table></div>")
    return Chapter(title.lstrip("# "), labelled(markdown.render(body)))


def open_table(*_):
    """A table scrolls inside its own box on a phone."""
    return '<div class="table" tabindex="0" role="region" aria-label="Tabel"><table>'


@cache
def names() -> frozenset[str]:
    return frozenset(file.stem for file in FOLDER.glob("*.md"))


def picture(name: str) -> Path | None:
    """The file of a picture, by a name that is there."""
    return next((file for file in (FOLDER / "beelden").glob("*.png") if file.name == name), None)


def to_chapter(found) -> str:
    return f"]({address(found[1])}{found[2] or ''})"


def to_picture(found) -> str:
    return f"]({reverse('desk:handbook_picture', args=[found[1]])})"


def address(name: str) -> str:
    if name == START:
        return reverse("desk:handbook")
    return reverse("desk:chapter", args=[name])
