"""From the Markdown that an editor writes to the parts of a page. FORMAT: docs/handboek/teksten.md.

Markdown itself makes no HTML from HTML (it escapes it), and nh3 lets only harmless tags through.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from html import unescape

import nh3
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from kennispunt.pagecache.memory import remembered
from kennispunt.pages.markdown import MARKDOWN
from kennispunt.pages.references import REFERENCE, References, UnknownReference
from kennispunt.pages.words import Words
from kennispunt.ui.tables import labelled

WORDS_PER_MINUTE = 180  # plain Dutch, read with care
BRIEF, QUESTIONS = "In het kort", "Vragen"
# Identifiers that the page around a text uses.
TAKEN = {
    "geholpen",
    "lees-ook",
    "inhoud",
    "menu",
    "zoek-boven",
    "in-het-kort",
    "op-deze-pagina",
    "vragen",
    "bronnen",
}
STEP = re.compile(r"\d+\. ")
HIDDEN = re.compile(r'<span class="visually-hidden">.*?</span>')
# What opens on the spot is a button, after which a line may break; not before a full stop.
LOOSE = re.compile(r"(?<=</button>|..</span>)(?=[.,;:!?)’”])")
JOIN = "\u2060"
BREAK = re.compile(r"(?=</?(?:li|p|td|th|div|summary))")

TAGS = {
    "a", "blockquote", "br", "button", "caption", "code", "dfn", "div", "em", "h3", "hr", "li",
    "ol", "p", "pre",
    "small", "span", "strong", "table", "tbody", "td", "th", "thead", "time", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "button": {"type", "class", "popovertarget"},
    "caption": {"id", "class"},
    "div": {"class", "tabindex", "role", "aria-labelledby"},
    "li": {"class"},
    "ol": {"class", "start"},
    "p": {"class"},
    "span": {"class", "id", "popover"},
    "td": {"class"},
    "th": {"class", "scope"},
    "time": {"class", "datetime"},
}


NOTHING = SafeString("")


@dataclass
class Part:
    """A section, or a question with its answer, at an address of its own (#id)."""

    id: str
    title: str
    html: SafeString


@dataclass
class Document:
    """A text, ready to be put on a page."""

    intro: SafeString = NOTHING  # before the first heading
    brief: SafeString = NOTHING
    brief_date: date | None = None
    parts: list[Part] = field(default_factory=list)
    questions: list[Part] = field(default_factory=list)
    closing: SafeString = NOTHING  # below the questions
    minutes: int = 1


def read(
    source: str,
    references: References,
    kinds: Iterable[str] = (),
    *,
    words: Words | None = None,
    title: str = "",
    spots: str = "",
) -> Document:
    """The parts of a text. Kinds are the elections whose days it shows ("gr", "ps").

    A name that nothing has stays in sight as it was written, and is logged. Given words are
    explained where they first stand, except those of the title: the text is about them. Given
    `spots`, facts open their source on the spot, on sheets whose ids begin with that word; without
    it they are links, for readers of the text elsewhere.
    """
    key = ("text", source, tuple(kinds), references.today, words is not None, title, spots)
    return remembered(key, lambda: read_anew(source, references, kinds, words, title, spots))


def read_anew(source, references, kinds, words, title, spots) -> Document:
    env = {"names": references, "kinds": tuple(kinds), "facts": [], "said": set(), "tables": 0}
    env |= {"spots": spots, "sheets": set(), "line": lambda meaning: line(meaning, references)}
    env |= {"words": words, "explained": words.said_in(title) if words else set()}
    blocks = list(split(MARKDOWN.parse(source, env)))
    document = Document(minutes=max(1, math.ceil(len(source.split()) / WORDS_PER_MINUTE)))
    taken = set(TAKEN)
    for title, body in sections(blocks, "h2"):
        env["title"] = title
        if not title:
            document.intro = render(body, env)
        elif title == BRIEF:
            document.brief = render(body, env)
            document.brief_date = first_day(body, references, kinds)
        elif title == QUESTIONS:
            body, closing = cut(body)
            for question, answer in sections(body, "h3"):
                env["title"] = question
                html = render(answer, env)
                document.questions.append(Part(free(question, taken), question, html))
            document.closing = render(closing, env)
        else:
            document.parts.append(Part(free(title, taken), title, render(body, env)))
    return document


def line(source: str, references: References, *, spots: str = "") -> SafeString:
    """A short text without headings, such as the meaning of a term."""
    return read(source, references, spots=spots).intro


def plain(html) -> str:
    """The words of rendered HTML that a reader sees, one space apart."""
    words = unescape(strip_tags(BREAK.sub(" ", HIDDEN.sub("", html)))).replace(JOIN, "")
    return " ".join(words.split())


def split(tokens):
    """The blocks of a text, each as its tokens."""
    block = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def sections(blocks, tag):
    """(title, blocks) of what stands under each heading; "" for what comes before the first."""
    title, body = "", []
    for block in blocks:
        if block[0].type == "heading_open" and block[0].tag == tag:
            if title or body:
                yield title, body
            title, body = block[1].content, []
        else:
            body.append(block)
    if title or body:
        yield title, body


def cut(blocks):
    """Divide a text at a line of ---."""
    for index, block in enumerate(blocks):
        if block[0].type == "hr":
            return blocks[:index], blocks[index + 1 :]
    return blocks, []


def free(title, taken):
    """An identifier for this title that the page does not have yet."""
    base = slugify(title)[:60].strip("-") or "deel"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name


def first_day(blocks, references, kinds):
    """The date of the first day that these blocks name, for the leaf beside the brief."""
    for block in blocks:
        for match in REFERENCE.finditer(" ".join(token.content for token in block)):
            if match["kind"] == "dag":
                try:
                    days = references.days(match["what"], kinds)
                except UnknownReference:
                    continue
                return days[0][0] if days else None
    return None


def render(blocks, env) -> SafeString:
    """The blocks as HTML: numbered paragraphs become steps, a *voorbehoud* follows its fact."""
    starts = [index for index, block in enumerate(blocks) if is_step(block)]
    if not starts:
        return clean("".join(render_block(block, env) for block in blocks))
    first, end = starts[0], starts[-1] + 1
    steps = []
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        more = "".join(render_block(block, env) for block in blocks[start + 1 : stop])
        steps.append(f"<li><div>{render_step(blocks[start], env)}{more}</div></li>")
    before = "".join(render_block(block, env) for block in blocks[:first])
    after = "".join(render_block(block, env) for block in blocks[end:])
    return clean(f'{before}<ol class="steps">{"".join(steps)}</ol>{after}')


def is_step(block):
    """Whether a paragraph begins with a number and a title in bold: **1. Kies een naam.** …"""
    if block[0].type != "paragraph_open":
        return False
    children = [child for child in block[1].children if child.type != "text" or child.content]
    kinds = [child.type for child in children[:3]]
    return kinds == ["strong_open", "text", "strong_close"] and STEP.match(children[1].content)


def render_step(block, env):
    children = [child for child in block[1].children if child.type != "text" or child.content]
    title = STEP.sub("", children[1].content, count=1).removesuffix(".")
    text = MARKDOWN.renderer.renderInline(children[3:], MARKDOWN.options, env).strip()
    return f"<h3>{escape(title)}</h3>{f'<p>{text}</p>' if text else ''}{reservations(env)}"


def render_block(block, env):
    return MARKDOWN.renderer.render(block, MARKDOWN.options, env) + reservations(env)


def reservations(env):
    """Say what we are not sure of about the facts just shown, each once on a page."""
    names = [name for name in dict.fromkeys(env["facts"]) if name not in env["said"]]
    env["facts"].clear()
    env["said"].update(names)
    said = [env["names"].fact(name).reservation for name in names]
    return "".join(f'<p class="fact__note"><small>{escape(one)}</small></p>' for one in said if one)


def clean(html) -> SafeString:
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return mark_safe(labelled(LOOSE.sub(JOIN, safe)))  # noqa: S308 - nh3 made it safe
