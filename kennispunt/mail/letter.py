"""From one Markdown template to a letter: a subject, a plain text and an equal HTML.

    Onderwerp: Je aanmelding is binnen

    Hallo {{ name }},

    Je hoort van ons vóór {{ day|date:"l j F Y" }}.

    [Bekijk je aanmelding]({{ site }}{% url "parties:application" application.code %})

A blank line makes a paragraph, a line break stays one. A link on a line of its own is the one act.
What a person typed is shown as they typed it: it makes no links and no headings. `|safe` is for
Markdown of our own making.
"""

import re
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import css_inline
from django.conf import settings
from django.template import Template, TemplateSyntaxError
from django.template.base import VariableNode
from django.template.context import make_context
from django.template.loader import get_template, render_to_string
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kennispunt.ui.markdown import ready

SUBJECT = "Onderwerp: "
WIDTH = 72
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# A line with only a tag such as {% if … %} leaves no blank line.
TAG_ALONE = re.compile(r"^[ \t]*((?:\{%[^%\n]*%\})+)[ \t]*\n", re.MULTILINE)


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def write(template: str, *, unsubscribe: str = "", **context) -> Letter:
    """The letter that this template makes of these values."""
    subject, body, foot = compiled(template, get_template(template).template.source)
    context = {
        "site": settings.SITE_URL,
        "phone": settings.CONTACT_PHONE,
        "unsubscribe": unsubscribe,
        **context,
    }
    title = " ".join(render(subject, context).split())
    tokens = parse(render(body, context))
    foot_tokens = parse(render(foot, context))
    html = render_to_string(
        "mail/letter.html",
        {
            "subject": title,
            "content": mark_safe(html_of(tokens)),  # noqa: S308 - Markdown without HTML in it
            "foot": mark_safe(html_of(foot_tokens)),  # noqa: S308 - the same
        },
    )
    text = f"{text_of(tokens)}\n\n-- \n{text_of(foot_tokens)}\n"
    return Letter(title, text, inliner().inline(html))


# --- The template -------------------------------------------------------------------------------


class ShownAsTyped(VariableNode):
    """{{ value }} in the body: without meaning in Markdown, unless it was marked safe."""

    def render(self, context):
        value = self.filter_expression.resolve(context)
        if isinstance(value, SafeString):
            return str(value)
        return PUNCTUATION.sub(r"\\\1", plain(value, context))


class Plain(VariableNode):
    """{{ value }} in the subject: nothing to escape, it never meets HTML or Markdown."""

    def render(self, context):
        return plain(self.filter_expression.resolve(context), context)


def plain(value, context):
    from django.template.base import render_value_in_context

    context.autoescape, kept = False, context.autoescape
    try:
        return render_value_in_context(value, context)
    finally:
        context.autoescape = kept


@lru_cache(maxsize=200)
def compiled(name, source):
    """Subject, body and foot as templates; the lines of the subject cannot run into the body."""
    first, _, rest = source.lstrip().partition("\n")
    if not first.startswith(SUBJECT):
        raise TemplateSyntaxError(f"{name} must begin with a line {SUBJECT!r}")
    foot = get_template("mail/foot.md").template.source
    return (
        compile_as(Plain, first.removeprefix(SUBJECT), name),
        compile_as(ShownAsTyped, rest, name),
        compile_as(ShownAsTyped, foot, "mail/foot.md"),
    )


def compile_as(kind, source, name):
    template = Template(TAG_ALONE.sub(r"\1", source), name=name)
    if template.nodelist.get_nodes_by_type((IncludeNode, ExtendsNode)):
        raise TemplateSyntaxError(f"{name}: a mail is one file, without include or extends")
    for node in template.nodelist.get_nodes_by_type(VariableNode):
        node.__class__ = kind
    return template


def render(template, context):
    return template.render(make_context(context))


# --- Markdown -----------------------------------------------------------------------------------


def make_markdown():
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")
    markdown.core.ruler.push("links", find_links)
    return ready(markdown)


def find_links(state):
    """Make links of our own bare addresses, and mark a link on a line of its own as the act."""
    for before, token in pairwise([Token("", "", 0), *state.tokens]):
        if token.type == "inline":
            kinds = [
                child.type for child in token.children if child.type != "text" or child.content
            ]
            if kinds == ["strong_open", "text", "strong_close"]:
                before.attrSet("class", "big")  # a code to type over
            token.children = [new for child in token.children for new in with_links(child)]
            for line in lines(token.children):
                if is_link_alone(line):
                    line[0].attrSet("class", "act" if line[0].markup != "bare" else "bare")


def with_links(token):
    """A text as texts and links: only addresses of our own site, not what a person typed."""
    if token.type != "text" or settings.SITE_URL not in token.content:
        return [token]
    ours = re.compile(rf"({re.escape(settings.SITE_URL)}(?:/[^\s<>]*[^\s<>.,;:!?)])?/?)")
    found = []
    for number, part in enumerate(ours.split(token.content)):
        if number % 2:
            opening = Token("link_open", "a", 1, attrs={"href": part}, markup="bare")
            found += [opening, text_token(part), Token("link_close", "a", -1)]
        elif part:
            found.append(text_token(part))
    return found


def text_token(content):
    return Token("text", "", 0, content=content)


def lines(children):
    """The tokens of a paragraph, line by line."""
    line = []
    for child in children:
        if child.type in {"softbreak", "hardbreak"}:
            yield line
            line = []
        else:
            line.append(child)
    yield line


def is_link_alone(line):
    line = [token for token in line if token.type != "text" or token.content.strip()]
    kinds = [token.type for token in line if token.type.startswith("link")]
    return (
        bool(line)
        and kinds == ["link_open", "link_close"]
        and line[0].type == "link_open"
        and line[-1].type == "link_close"
    )


MARKDOWN = make_markdown()


def parse(source):
    # What a person typed may begin with spaces; that makes it no code.
    return MARKDOWN.parse("\n".join(line.lstrip() for line in source.splitlines()))


def html_of(tokens):
    return MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})


# --- The same in plain text ---------------------------------------------------------------------


def text_of(tokens):
    """The same words in plain text: lists keep their marks, links say their address."""
    blocks, marks = [], []
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            marks.append([token.attrGet("start") or 1, token.tag])
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            marks.pop()
        elif token.type == "list_item_open":
            number, tag = marks[-1]
            marks[-1][0] += 1
            blocks.append([f"{number}. " if tag == "ol" else "- ", ""])
        elif token.type == "hr":
            blocks.append(["", "---"])
        elif token.type in {"inline", "fence", "code_block"}:
            words = inline_text(token.children) if token.type == "inline" else token.content
            if blocks and blocks[-1][0] and not blocks[-1][1]:
                blocks[-1][1] = words
            else:
                blocks.append(["  " if marks else "", words])
    return join(blocks)


def join(blocks):
    """Paragraphs with a blank line between them, items of a list right below each other."""
    result = ""
    for number, (mark, words) in enumerate(blocks):
        in_list = mark and number and blocks[number - 1][0]
        result += ("\n" if in_list else "\n\n") if number else ""
        result += wrapped(mark, words)
    return result


def wrapped(mark, words):
    hang = " " * len(mark)
    return "\n".join(
        textwrap.fill(
            line, WIDTH, initial_indent=hang if number else mark, subsequent_indent=hang,
            break_long_words=False, break_on_hyphens=False,
        )
        for number, line in enumerate(words.split("\n"))
    )  # fmt: skip


def inline_text(children):
    return "\n".join(line_text(line) for line in lines(children))


def line_text(line):
    text, start, href, act = "", 0, "", False
    for token in line:
        if token.type == "link_open":
            start, href = len(text), token.attrGet("href")
            act = token.attrGet("class") == "act"
        elif token.type == "link_close":
            if text[start:] != href:
                text += f":\n{href}" if act else f" ({href})"
        else:
            text += token.content
    return text


# --- The look -----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def inliner():
    return css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
