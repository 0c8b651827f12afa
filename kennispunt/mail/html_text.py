"""The text of an HTML mail, with what is quoted marked by "> " as in a plain one.

A reader of our own: what builds a tree, and Python's HTMLParser, take minutes over some kilobytes
that were made for it. This one looks at every character a fixed number of times. What comes out is
text, to be escaped as such.
"""

import html
import re

LIMIT = 1_000_000  # characters of HTML; more is not a letter
DEEPEST = 20  # levels of quotes that are told apart

_BLOCKS = {"address", "article", "blockquote", "center", "div", "dl", "dt", "dd", "footer"}
_BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section"}
_BLOCKS |= {"table", "tr", "ul"}
_APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol"}
_UNSEEN = {"script", "style", "title"}
# Outlook and others put the older message in no blockquote, but under an element with a name.
_OLDER = {"divrplyfwdmsg", "appendonsend", "mail-editor-reference-message-container", "reply-intro"}
_TAG = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?![a-zA-Z0-9])")
_ATTRIBUTE = re.compile(
    r"""\b(id|href|alt)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I
)
_ATTRIBUTES = 1_000  # characters of a tag in which they are looked for
_NOT_A_CHARACTER = re.compile(r"&#x?[0-9a-f]{8,};?", re.I)


def text_of(source: str) -> str:
    """Readable lines of an HTML mail."""
    reader = _Reader()
    source = source[:LIMIT]
    lowered = source.lower()
    if len(lowered) != len(source):  # a few capitals grow when lowered
        source = lowered
    place = 0
    while place < len(source):
        start = source.find("<", place)
        if start < 0:
            reader.words(source[place:])
            break
        reader.words(source[place:start])
        place = _past_tag(source, lowered, start, reader)
    return reader.text()


def _past_tag(source, lowered, start, reader):
    """Tell the reader what begins here; return where it ends."""
    if source.startswith("<!--", start):
        return _after(source, "-->", start)
    tag = _TAG.match(source, start + 1)
    if not tag and source[start + 1 : start + 2] not in {"!", "?", "/"}:
        reader.words("<")
        return start + 1
    end = _after(source, ">", start)
    if not tag:
        return end
    closing, name = tag.group(1), tag.group(2).lower()
    if closing:
        reader.closes(name)
    elif name in _UNSEEN:
        return _after(source, ">", _after(lowered, f"</{name}", end))
    else:
        reader.opens(name, source[tag.end() : min(end, tag.end() + _ATTRIBUTES)])
    return end


def _after(source, mark, start):
    """Behind the next mark. Where there is none, the rest is no text either, as in a browser."""
    found = source.find(mark, start)
    return len(source) if found < 0 else found + len(mark)


def _plain(words):
    return html.unescape(_NOT_A_CHARACTER.sub(" ", words))


class _Reader:
    """Collects lines while tags open and close."""

    def __init__(self):
        self.lines, self.line, self.depth, self.link, self.older = [], [], 0, None, False

    def opens(self, name, rest):
        if name in _BLOCKS or name == "br":
            self._break(apart=name in _APART)
        if name in {"a", "div", "img", "hr"}:
            self._named(name, rest)
        elif name == "blockquote":
            self.depth += 1
        elif name == "li":
            self.line.append("- ")
        elif name in {"td", "th"} and self.line:
            self.line.append("  ")

    def _named(self, name, rest):
        found = {
            match[1].lower(): _plain(match[2] or match[3] or match[4] or "").strip()
            for match in _ATTRIBUTE.finditer(rest)
        }
        if found.get("id", "").lower().removeprefix("x_") in _OLDER and not self.older:
            self.older = True
            self.lines.append("-----Oorspronkelijk bericht-----")
        if name == "a":
            self.link = (found.get("href", ""), len(self.line))
        elif name == "img" and found.get("alt"):
            self.line.append(f"[{found['alt']}]")

    def closes(self, name):
        if name in _BLOCKS:
            self._break(apart=name in _APART and name != "blockquote")
        if name == "blockquote":
            self.depth = max(0, self.depth - 1)
        elif name == "a" and self.link:
            address, start = self.link
            shown = "".join(self.line[start:]).strip().rstrip("/")
            target = address.removeprefix("mailto:").removeprefix("tel:").rstrip("/")
            if target and target != shown and not target.startswith(("#", "javascript:")):
                self.line.append(f" <{target}>")
            self.link = None

    def words(self, source):
        if source:
            self.line.append(re.sub(r"\s+", " ", _plain(source)))

    def _break(self, *, apart=False):
        text = re.sub(r" {3,}", "  ", "".join(self.line)).strip()
        marks = "> " * min(self.depth, DEEPEST)
        if text:
            self.lines.append(marks + text)
        if apart and self.lines and self.lines[-1].strip("> "):
            self.lines.append(marks)
        self.line, self.link = [], None

    def text(self):
        self._break()
        return "\n".join(line.rstrip() for line in self.lines).strip("\n")
