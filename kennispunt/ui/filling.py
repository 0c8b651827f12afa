"""Put what somebody typed back into a form on a finished page, whichever view made it.

Works on the HTML that goes out, so that it holds for every form of ours and of the back office.
What is hidden, secret or a file keeps the value of the new page; what finds no field is given back.
"""

import json
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

NOT_TYPED = {"hidden", "password", "file", "submit", "button", "image", "reset"}
TICKS = {"checkbox", "radio"}
RICH = "data-draftail-input"  # the editor of the back office keeps what was typed in a hidden field


@dataclass
class Part:
    """One tag of a form, and where it stands in the page."""

    tag: str
    attrs: dict
    start: int
    end: int
    name: str = ""
    close: int = 0  # of a textarea: where its text ends

    @property
    def kind(self):
        if self.tag == "input" and RICH in self.attrs:
            return "text"
        return self.attrs.get("type", "text").lower() if self.tag == "input" else self.tag


@dataclass
class Form:
    start: int
    address: str
    method: str
    parts: list[Part] = field(default_factory=list)

    def likeness(self, data) -> int:
        """Return how well it is the form of these values; another row has another key."""
        fit = 0
        for part in self.parts:
            values = data.get(part.name)
            if values is not None:
                same = part.attrs.get("value") in values
                fit += 1 if part.kind != "hidden" or same else -5
        return fit


class Reader(HTMLParser):
    """Finds the forms of a page, with the places of their tags."""

    def __init__(self, html, address):
        super().__init__(convert_charrefs=False)
        self.address, self.forms, self.select, self.main = address, [], "", 0
        self.open, self.textarea = None, None
        # The parser counts "\n" alone as the end of a line.
        self.lines = [0] + [at + 1 for at, sign in enumerate(html) if sign == "\n"]
        self.feed(html)
        self.close()

    def at(self):
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag, attrs):
        attrs = {name: value if value is not None else "" for name, value in attrs}
        start = self.at()
        end = start + len(self.get_starttag_text())
        if tag == "main":
            self.main = end
        elif tag == "form":
            address = urlsplit(urljoin(self.address, attrs.get("action", ""))).path
            self.open = Form(start, address, attrs.get("method", "get").lower())
            self.forms.append(self.open)
        elif self.open and tag in {"input", "select", "textarea", "option"}:
            self.add(Part(tag, attrs, start, end, attrs.get("name", "")))

    handle_startendtag = handle_starttag

    def add(self, part):
        if part.tag == "select":
            self.select = part.name
        elif part.tag == "option":
            part.name = self.select
        elif part.tag == "textarea":
            self.textarea = part
        self.open.parts.append(part)

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.textarea:
            self.textarea.close, self.textarea = self.at(), None


@dataclass(frozen=True)
class Filled:
    """The page, where its form (or else its content) begins, and the values that found no field."""

    html: str
    found: bool
    place: int
    left: list[str]


def fill(html: str, *, address: str, sent_to: str, data: dict[str, list[str]]) -> Filled:
    """Fill the form of this page that is sent there. `address`: of the page itself."""
    page = Reader(html, address)
    forms = [one for one in page.forms if one.method == "post" and one.address == sent_to]
    if not forms:
        return Filled(html, False, page.main, words(data, set()))
    form = max(forms, key=lambda one: one.likeness(data))
    edits, used = [], {part.name for part in form.parts if part.kind in NOT_TYPED}
    values = {name: list(given) for name, given in data.items()}
    for part in form.parts:
        if not part.name or part.kind in NOT_TYPED:
            continue
        used.add(part.name)
        if (edit := edit_of(part, values, data)) is not None:
            edits.append(edit)
    for start, end, text in sorted(edits, reverse=True):
        html = html[:start] + text + html[end:]
    return Filled(html, True, form.start, words(data, used))


def edit_of(part, values, data):
    """(from, to, text) that gives this field what was typed; None when it has no part in that."""
    if part.kind in TICKS or part.tag == "option":
        word = "selected" if part.tag == "option" else "checked"
        chosen = part.attrs.get("value", "on") in data.get(part.name, [])
        attrs = {name: value for name, value in part.attrs.items() if name != word}
        return part.start, part.end, written(part.tag, attrs | ({word: ""} if chosen else {}))
    if part.tag == "select" or not values.get(part.name):
        return None
    typed = values[part.name].pop(0)
    if part.tag == "textarea":
        return part.end, part.close or part.end, "\n" + escape(typed)
    return part.start, part.end, written("input", part.attrs | {"value": typed})


def written(tag, attrs):
    inside = "".join(
        f' {name}="{escape(value)}"' if value else f" {name}" for name, value in attrs.items()
    )
    return f"<{tag}{inside}>"


def words(data, used) -> list[str]:
    """Return the text that found no field: a person would miss it."""
    found = [plain(value) for name, given in data.items() if name not in used for value in given]
    return [text for text in found if len(text) > 2 and not text.isdigit()]


def plain(value):
    """Rich text of the back office as the words in it."""
    if not value.startswith('{"'):
        return value.strip()
    try:
        blocks = json.loads(value).get("blocks", [])
        return "\n".join(block["text"] for block in blocks).strip()
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
