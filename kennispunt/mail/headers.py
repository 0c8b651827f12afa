"""The headers of a message from outside: sender, receivers, subject, and what it answers.

Read by us and not by Python's email package, which follows the standard: what real programs write
does not (commas, brackets and an @ in a name without quotes), and the sender would be lost.
"""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from kennispunt.mail.characters import CONTROL, decode, decode_words, header_line

LONGEST_HEADER = 2_000
LONGEST_LIST = 200_000  # characters of To and Cc: enough for a thousand recipients


def raw_header(message, name, longest=LONGEST_HEADER) -> str:
    """The first header of this name as it stands, on one line; words that are encoded stay so."""
    value = message.get(name)
    return "" if value is None else _spaced(text_of(value)[:longest])


def raw_header_all(message, name) -> str:
    """All headers of this name, after each other."""
    values = message.get_all(name, [])[:20]
    return _spaced(" ".join(map(text_of, values))[:LONGEST_LIST])


def text_of(value) -> str:
    """The text of a header. Bytes that nobody declared come from the package as surrogates."""
    value = "".join(part for part, _ in value._chunks) if hasattr(value, "_chunks") else str(value)
    return value if value.isascii() else decode(value.encode("utf-8", "surrogateescape"), "")


def _spaced(value):
    return re.sub(r"\s+", " ", value).strip()


def header(message, name) -> str:
    """The first header of this name, decoded, on one line and without control characters."""
    return header_line(decode_words(raw_header(message, name)))


# --- Names of messages ----------------------------------------------------------------------------

_ID = re.compile(r"<([^<>\s]{3,250})>")
_BARE_ID = re.compile(r"[^<>\s]{1,150}@[^<>\s]{1,99}")


def message_id(message) -> str:
    """The Message-ID without its brackets."""
    return next(iter(ids(message, "Message-ID")), "")


def ids(message, name) -> list[str]:
    """The names of messages in a header; some programs leave out the brackets."""
    value = CONTROL.sub(" ", raw_header(message, name, 20_000))
    return (_ID.findall(value) or _BARE_ID.findall(value))[-50:]


# --- People ---------------------------------------------------------------------------------------

ADDRESS = re.compile(r"[^\s@<>\"(),:;\[\]\\]{1,64}@[^\s@<>\"(),:;\[\]\\]{1,190}")


def sender(message) -> tuple[str, str]:
    """(name, address) of its writer. Two addresses are none."""
    found = {}
    for value in message.get_all("From", [])[:5]:
        value = CONTROL.sub(" ", text_of(value)[:LONGEST_HEADER])
        if not ADDRESS.search(value):
            value = decode_words(value)  # some programs encode the address with the name
        name, address = one_sender(value)
        found.setdefault(address, name)
    if len(found) != 1:
        return "", ""
    [(address, name)] = found.items()
    return name, address


def one_sender(value: str) -> tuple[str, str]:
    """(name, address) of a From: the address in angle brackets, or else the only one there is."""
    name, bracketed = _outside_quotes(value)
    plain = [one for one in map(_as_address, bracketed) if one]
    if not bracketed:
        name, plain = _without_brackets(value)
    if len(set(plain)) != 1:
        return "", ""
    return _name(name, plain[0]), plain[0]


def _outside_quotes(value):
    """Return the text outside angle brackets, and in each pair of them that no quotes hold."""
    outside, inside, quoted, place = [], [], False, 0
    quotes = len(re.findall(r'(?<!\\)"', re.sub(r"<[^<>]*>", "", value)))
    while place < len(value):
        sign = value[place]
        if sign == "\\" and quoted:
            outside.append(value[place : place + 2])
            place += 2
            continue
        if sign == '"' and quotes % 2 == 0:  # with an odd number of them they say nothing
            quoted = not quoted
        if sign == "<" and not quoted:
            # In "Anna <3 <anna@example.org>" the innermost pair is meant; it may lack its end.
            end = place + 1 + len(re.match(r'(?:"[^"<>]*"|[^<>])*', value[place + 1 :]).group())
            if "@" in value[place:end]:
                inside.append(value[place + 1 : end])
                place = end + 1
                continue
        outside.append(sign)
        place += 1
    return "".join(outside), inside


def _without_brackets(value):
    """ "anna@example.org (Anna Bakker)", "Anna: anna@example.org", or the address alone."""
    bare = re.sub(r'"[^"]*"(?!@)', " ", value) if value.count('"') % 2 == 0 else value
    bare = re.sub(r"\([^()]*\)", " ", bare)
    found = ADDRESS.findall(bare)
    name = value
    for address in found:
        name = name.replace(address, " ")
    return name, [one for one in map(_as_address, found) if one]


def _as_address(text):
    """The address in these characters, as we compare it; "" when it is none."""
    text = re.sub(r"\s+", "", text)
    if text.startswith("@"):  # a route of servers before it (RFC 5322, obsolete)
        text = text.rpartition(":")[2]
    text = re.sub(r"^mailto:", "", text, flags=re.IGNORECASE).strip("'")
    local, _, domain = text.rpartition("@")
    if re.fullmatch(r'"[^"]+"', local) and ADDRESS.fullmatch(f"{local[1:-1]}@{domain}"):
        local = local[1:-1]
    address = f"{local}@{domain.rstrip('.')}".lower()
    return address if ADDRESS.fullmatch(address) else ""


def _name(text, address):
    """The name without its quotes; "" when it only says the address again."""
    name = re.sub(r"\\(.)", r"\1", decode_words(_spaced(text))).replace('"', " ")
    name = header_line(name, 150).strip(" '(),;:<>")
    return "" if name.lower() == address else name


def recipients(message) -> tuple[str, ...]:
    """The addresses it went to: where it was delivered first, then as the sender wrote them."""
    text = " ".join(
        raw_header_all(message, name)
        for name in ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
    )
    return tuple(dict.fromkeys(ADDRESS.findall(CONTROL.sub(" ", text.lower()))))


# --- When -----------------------------------------------------------------------------------------


def date(message) -> datetime | None:
    """The Date, when it is one that can be shown."""
    try:
        moment = parsedate_to_datetime(raw_header(message, "Date"))
        # Some dates are read well and cannot be shown in our time zone.
        return moment.astimezone() if 1970 < moment.year < 9000 else None
    except Exception:  # what is no date raises several kinds
        return None


# --- A head that is broken ------------------------------------------------------------------------

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")
_SENDER = re.compile(rb"from[ \t]*:", re.IGNORECASE)


def mended(raw: bytes) -> bytes:
    """The message with a head in which Python's package finds who sent it.

    An empty line or a byte order mark on top, a space before a colon, a folded line that lost its
    indent: each would make it take the rest of the head, sender and all, for the text.
    """
    stripped = raw.lstrip(b"\xef\xbb\xbf\r\n\t ")
    head = re.match(rb"[^\r\n]+(?:\r?\n[^\r\n]+|\r[^\r\n]+)*", stripped[:1_000_000])
    lines = head.group().splitlines(keepends=True) if head else []
    last = next((number for number, line in enumerate(lines) if _SENDER.match(line)), None)
    if last is None or not (_FIELD.match(lines[0]) or lines[0].startswith(b"From ")):
        return raw
    for number, line in enumerate(lines):
        if field := _FIELD.match(line):
            lines[number] = field[1] + b":" + line[field.end() :]
        elif 0 < number < last and line[:1] not in b" \t":
            lines[number] = b" " + line
    return b"".join(lines) + stripped[head.end() :]
