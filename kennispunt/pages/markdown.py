"""Our Markdown: names such as {{feit: naam}}, links between texts, items to tick, tables, words.

`env` is what text.py knows while it reads one text. The form for editors: docs/handboek/teksten.md.
"""

import logging
import re

from django.utils.html import escape, format_html
from markdown_it import MarkdownIt

from kennispunt.pages.references import REFERENCE, UnknownReference, show
from kennispunt.ui.markdown import ready

log = logging.getLogger(__name__)

TICK = re.compile(r"\[[ xX]\] ")


def reference_rule(state, silent):
    """{{kind: what}} in running text becomes a token of its own."""
    match = REFERENCE.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.meta = match.groupdict()
        token.content = match[0]
    state.pos = match.end()
    return True


def render_reference(self, tokens, index, options, env):
    token = tokens[index]
    try:
        html = show(
            token.meta["kind"],
            token.meta["what"],
            env["names"],
            env["kinds"],
            at="" if token.meta.get("inside") else env["spots"],
            said=env["sheets"],
        )
    except UnknownReference as problem:
        log.warning("reference without an answer: %s", problem)
        return escape(token.content)
    if token.meta["kind"] == "feit":
        env["facts"].append(token.meta["what"].partition(" ")[0])
    return html


def prepare_links(state):
    """kind:slug becomes an address. While the other text is not there it is plain text, and a
    sentence that only leads there ("[Lees meer](artikel:…).") is left out."""
    for block in state.tokens:
        tokens = block.children or []
        for opening, token in enumerate(tokens):
            href = token.attrs.get("href", "") if token.type == "link_open" else ""
            if not re.match(r"(?!https?:|mailto:|tel:)[a-z]+:", href):
                continue
            if found := state.env["names"].links([href]):
                token.attrs["href"] = found[0].address
                continue
            closing = next(i for i in range(opening, len(tokens)) if tokens[i].type == "link_close")
            token.hidden = tokens[closing].hidden = True
            if is_sentence(tokens, opening, closing):
                for one in tokens[opening + 1 : closing]:
                    one.content, one.hidden = "", True
                tokens[closing + 1].content = tokens[closing + 1].content[1:]


def is_sentence(tokens, opening, closing):
    """Whether a link is one whole sentence, beside another one."""
    before, after = tokens[:opening][-1:], tokens[closing + 1 :][:1]
    begins = not before or before[0].content.rstrip()[-1:] in ("", *".?!)")
    ends = bool(after) and re.match(r"\.(\s|$)", after[0].content)
    alone = not before and after and after[0].content == "." and len(tokens) == closing + 2
    return begins and ends and not alone


def prepare_lists(state):
    """- [ ] something: an item to tick off on paper."""
    for index, token in enumerate(state.tokens[2:], 2):
        first = token.children[0] if token.children else None
        if first and first.type == "text" and TICK.match(first.content):
            opening = state.tokens[index - 2]
            if opening.type == "list_item_open":
                opening.attrSet("class", "todo")
                first.content = TICK.sub("", first.content, count=1)


def prepare_tables(state):
    """Scopes for the headings, and a class where Markdown would write a style."""
    in_body = first = False
    for index, token in enumerate(state.tokens):
        if token.type in ("tbody_open", "tbody_close"):
            in_body = token.type == "tbody_open"
        elif token.type == "tr_open":
            first = True
        elif token.type in ("th_open", "td_open"):
            if token.attrs.pop("style", "") == "text-align:right":
                token.attrSet("class", "num")
            empty = not state.tokens[index + 1].content
            if token.type == "th_open" and not empty:
                token.attrSet("scope", "col")
            elif token.type == "th_open":
                token.tag = state.tokens[index + 2].tag = "td"
            elif in_body and first:
                token.tag = state.tokens[index + 2].tag = "th"
                token.attrSet("scope", "row")
            first = False


def mark_running_text(state):
    """Words are explained in running text, not in a heading or in what leads elsewhere."""
    inside = 0
    for index, block in enumerate(state.tokens):
        if block.type != "inline" or state.tokens[index - 1].type == "heading_open":
            continue
        for token in block.children:
            inside += (token.type == "link_open") - (token.type == "link_close")
            token.meta = token.meta or {}
            if token.type == "text" and not inside:
                token.meta["explain"] = True
            elif token.type == "reference" and inside:
                token.meta["inside"] = True


def render_text(self, tokens, index, options, env):
    content = tokens[index].content
    if not (env["words"] and tokens[index].meta.get("explain")):
        return escape(content)
    return env["words"].explain(content, env["explained"], env["line"])


def open_table(self, tokens, index, options, env):
    env["tables"] += 1
    return format_html(
        '<div class="table" tabindex="0" role="region" aria-labelledby="tabel-{0}"><table>'
        '<caption id="tabel-{0}" class="visually-hidden">{1}</caption>',
        env["tables"],
        env["title"],
    )


def close_table(self, tokens, index, options, env):
    return "</table></div>"


def make_markdown():
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    markdown.inline.ruler.before("link", "reference", reference_rule)
    for rule in (prepare_links, prepare_lists, prepare_tables, mark_running_text):
        markdown.core.ruler.push(rule.__name__, rule)
    markdown.add_render_rule("reference", render_reference)
    markdown.add_render_rule("text", render_text)
    markdown.add_render_rule("table_open", open_table)
    markdown.add_render_rule("table_close", close_table)
    return ready(markdown)


MARKDOWN = make_markdown()
