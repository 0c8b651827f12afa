"""Reading a message as it comes from outside. `parse` never raises, whatever the bytes are.

What could not be read is named in `problems`; the raw message is kept beside it, so nothing is
lost. All text is free of control characters: a line break in a name or subject is gone, so it can
never become a header of ours.
"""

import codecs
import re
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message as MimePart
from email.utils import getaddresses, parsedate_to_datetime

from tnefparse import TNEF

from kennispunt.mail.html_text import text_of
from kennispunt.mail.message import Attachment
from kennispunt.mail.quoting import Piece, pieces, written

MOST_PARTS = 200
DEEPEST = 60
LONGEST_TEXT = 200_000  # characters
LONGEST_HEADER = 2_000
LONGEST_LIST = 200_000  # characters of To and Cc: enough for a thousand recipients


@dataclass(frozen=True)
class Message:
    """What a message says. Text is untrusted: show it escaped."""

    message_id: str = ""
    references: tuple[str, ...] = ()  # the messages it answers, the nearest last
    sender: str = ""  # empty unless exactly one address
    sender_name: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    sent_at: datetime | None = None
    text: str = ""
    pieces: tuple[Piece, ...] = ()  # the text with what is quoted and signed, in order
    attachments: tuple[Attachment, ...] = ()  # their types are what the sender says
    calendar_method: str = ""  # REQUEST, REPLY, CANCEL … of an invitation
    forwarded: bool = False
    problems: tuple[str, ...] = ()
    headers: MimePart = field(default_factory=MimePart, repr=False, compare=False)

    @property
    def body(self) -> str:
        """What the sender wrote now; all of it when they only passed something on."""
        return written(list(self.pieces)) or (self.text if self.forwarded else "")


def parse(raw: bytes) -> Message:
    """Read a message. Never raises; see `problems` for what could not be read."""
    try:
        return _parse(raw)
    except Exception as problem:  # whatever a stranger sends, it must be kept
        return _only_headers(raw, type(problem).__name__)


def _parse(raw):
    message = message_from_bytes(raw, policy=policy.compat32)
    found = _Contents()
    found.walk(message)
    text = _clean("\n\n".join(found.texts), LONGEST_TEXT, found.problems)
    parts = pieces(text)
    subject = header(message, "Subject")
    return Message(
        **_headers(message),
        text=text,
        pieces=tuple(parts),
        attachments=tuple(found.attachments),
        calendar_method=found.calendar_method,
        forwarded=bool(_FORWARDED.match(subject)),
        problems=tuple(dict.fromkeys(found.problems)),
    )


def _only_headers(raw, problem):
    """What is left when the contents cannot be read: the headers, or not even those."""
    try:
        head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0][:LONGEST_LIST]
        return Message(
            **_headers(message_from_bytes(head, policy=policy.compat32)), problems=(problem,)
        )
    except Exception:  # see parse
        return Message(problems=(problem,))


_FORWARDED = re.compile(r"\s*(?:fwd?|doorst|doorgestuurd|tr|wg)\s*:", re.IGNORECASE)


# --- Headers --------------------------------------------------------------------------------------


def _headers(message):
    name, sender = _sender(message)
    return {
        "message_id": message_id(message),
        "references": tuple(
            dict.fromkeys(_ids(message, "References") + _ids(message, "In-Reply-To"))
        ),
        "sender": sender,
        "sender_name": name,
        "recipients": _recipients(message),
        "subject": header(message, "Subject"),
        "sent_at": _date(message),
        "headers": _bare(message),
    }


def _bare(message):
    """The headers alone, without the contents."""
    bare = MimePart()
    bare._headers = list(message._headers)
    return bare


def raw_header(message, name, longest=LONGEST_HEADER) -> str:
    """The first header of this name as it stands, on one line."""
    value = message.get(name)
    if value is None:
        return ""
    # What is not ASCII comes as surrogates, from bytes that nobody declared.
    value = str(value)[:longest] if not hasattr(value, "_chunks") else _undeclared(value)[:longest]
    return re.sub(r"\s+", " ", value).strip()


def _undeclared(value):
    return "".join(chunk for chunk, _ in value._chunks)


def header(message, name) -> str:
    """The first header of this name, decoded, on one line and without control characters."""
    value = message.get(name)
    if value is None:
        return ""
    value = _undeclared(value) if hasattr(value, "_chunks") else str(value)
    return _one_line(_decoded(value[:LONGEST_HEADER]))


def _decoded(value):
    if not value.isascii():
        return decode(value.encode("utf-8", "surrogateescape"), "utf-8")
    try:
        found = decode_header(value)
    except Exception:  # the package raises several kinds on a broken word
        return value
    return "".join(
        part if isinstance(part, str) else decode(part, charset or "utf-8")
        for part, charset in found
    )


_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def _one_line(value, longest=500):
    return re.sub(r"\s+", " ", _CONTROL.sub(" ", value)).strip()[:longest]


_ID = re.compile(r"<([^<>\s]{3,250})>")


def message_id(message) -> str:
    """The Message-ID without its brackets."""
    return next(iter(_ids(message, "Message-ID")), "")


def _ids(message, name):
    return _ID.findall(_CONTROL.sub(" ", raw_header(message, name, 20_000)))[-50:]


_ADDRESS = re.compile(r"[^\s@<>\"(),:;\[\]\\]{1,64}@[^\s@<>\"(),:;\[\]\\]{1,190}")


def _sender(message):
    """(name, address) of who wrote it. Who gives two addresses, or two headers, gives none."""
    values = message.get_all("From", [])
    if len(values) != 1:
        return "", ""
    value = raw_header(message, "From")
    try:
        found = getaddresses([value])
    except Exception:  # nested comments exhaust its recursion
        return "", ""
    if len(found) != 1 or not _ADDRESS.fullmatch(found[0][1]):
        return "", ""
    # The name must not carry an address of its own that a reader takes for the sender.
    return _one_line(_decoded(found[0][0]), 150), _one_line(found[0][1].lower())


def _recipients(message):
    """The addresses it went to: where it was delivered first, then as the sender wrote them."""
    text = " ".join(
        raw_header_all(message, name)
        for name in ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
    )
    return tuple(dict.fromkeys(_ADDRESS.findall(_CONTROL.sub(" ", text.lower()))))


def raw_header_all(message, name) -> str:
    values = message.get_all(name, [])[:20]
    joined = " ".join(_undeclared(v) if hasattr(v, "_chunks") else str(v) for v in values)
    return re.sub(r"\s+", " ", joined[:LONGEST_LIST])


def _date(message):
    try:
        moment = parsedate_to_datetime(raw_header(message, "Date"))
        # Some dates are read well and cannot be shown in our time zone.
        return moment.astimezone() if 1970 < moment.year < 9000 else None
    except Exception:  # what is no date raises several kinds
        return None


# --- Contents -------------------------------------------------------------------------------------


class _Contents:
    """The texts and files of a message, in order."""

    def __init__(self):
        self.texts, self.attachments, self.problems = [], [], []
        self.calendar_method, self.parts, self._names = "", 0, set()

    def walk(self, part, depth=0):
        self.parts += 1
        if self.parts > MOST_PARTS or depth > DEEPEST:
            self.problems.append("te veel delen")
            return
        kind = part.get_content_type()
        if kind == "multipart/alternative" and part.is_multipart():
            self._alternatives(part, depth)
        elif kind.startswith("message/") and part.is_multipart():
            self._message(part)
        elif part.is_multipart():
            for child in part.get_payload():
                self.walk(child, depth + 1)
        else:
            self._leaf(part, kind)

    def _alternatives(self, part, depth):
        """The plain version when it says something, or else the richest; files all the same."""
        children = part.get_payload()
        plain = [c for c in children if c.get_content_type() == "text/plain" and _text(c).strip()]
        for child in children:
            kind = child.get_content_type()
            if child in plain[:1] or not (plain and kind in {"text/plain", "text/html"}):
                if plain and kind.startswith("multipart/"):
                    self._files_of(child, depth + 1)
                else:
                    self.walk(child, depth + 1)

    def _files_of(self, part, depth):
        """Of the richer version only the files: its text is the same."""
        texts = list(self.texts)
        self.walk(part, depth)
        self.texts = texts

    def _message(self, part):
        """A message in a message: a file, so that nothing in it is taken for the sender's words."""
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            name = header(inner, "Subject") or "bericht"
            self._attach(f"{name[:60]}.eml", "message/rfc822", _bytes(inner, self.problems))
        elif part.get_content_type() not in {"message/delivery-status", "message/rfc822-headers"}:
            self._attach("deel.txt", "text/plain", _bytes(part, self.problems))

    def _leaf(self, part, kind):
        name = _file_name(part)
        disposition = str(part.get("Content-Disposition", "")).strip().lower()
        if kind == "text/calendar":
            self.calendar_method = _method(part)
            self._attach(name or "uitnodiging.ics", kind, _payload(part))
        elif kind == "application/ms-tnef" or name.lower() == "winmail.dat":
            self._winmail(_payload(part))
        elif kind in {"text/plain", "text/html", "text/enriched"} and not (
            disposition.startswith("attachment") or name
        ):
            self.texts.append(_text(part))
        elif content := _payload(part):
            self._attach(name or _default_name(kind), kind, content)

    def _attach(self, name, kind, content):
        name = self._free(safe_name(name))
        self._names.add(name)
        self.attachments.append(Attachment(name, kind[:100], content))

    def _free(self, name):
        """A name that no other file of this message has."""
        stem, dot, extension = name.rpartition(".")
        free, number = name, 2
        while free in self._names:
            free = f"{stem}-{number}{dot}{extension}" if dot else f"{name}-{number}"
            number += 1
        return free

    def _winmail(self, content):
        """Outlook's own wrapping. When it cannot be opened it stays a file as it came."""
        try:
            if not _is_modest(content):
                raise ValueError("too many objects")
            opened = TNEF(content, do_checksum=False)
            for file in opened.attachments[:MOST_PARTS]:
                name = str(file.long_filename() or "bijlage")
                self._attach(name, "application/octet-stream", bytes(file.data))
            text = _winmail_text(opened)
            if not opened.attachments and not text:
                raise ValueError("nothing in it")
            if not any(said.strip() for said in self.texts):
                self.texts.append(text)
        except Exception:  # the package raises whatever broken data makes it raise
            self.problems.append("winmail.dat")
            self._attach("winmail.dat", "application/ms-tnef", content)


def _is_modest(content):
    """May the reader of TNEF have it? It copies the rest of the data at every object."""
    place, objects = 6, 0
    while place + 9 < len(content):
        place += 11 + int.from_bytes(content[place + 5 : place + 9], "little")
        objects += 1
        if objects * len(content) > 2_000_000_000:
            return False
    return True


def _winmail_text(opened):
    if opened.htmlbody:
        body = opened.htmlbody
        return text_of(body if isinstance(body, str) else decode(bytes(body), "cp1252"))
    body = opened.body or b""
    return body if isinstance(body, str) else decode(bytes(body), "cp1252").replace("\0", "")


def _payload(part):
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _bytes(message, problems):
    try:
        return message.as_bytes(policy=policy.compat32.clone(max_line_length=None))
    except Exception:  # nested too deep, or broken in another way
        problems.append("bericht in een bericht")
        return b""


def _method(part):
    value = part.get_param("method")
    return _one_line(value, 20).upper() if isinstance(value, str) else ""


def _text(part):
    text = decode(_payload(part), part.get_param("charset") or "")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.get_content_type() != "text/plain":
        return text_of(text)
    if str(part.get_param("format") or "").lower() == "flowed":
        return _unflowed(text, str(part.get_param("delsp") or "").lower() == "yes")
    return text


def _unflowed(text, delete_space):
    """Lines that were broken for transport made whole again (RFC 3676)."""
    lines = []
    for line in text.split("\n"):
        marks = re.match(r">*", line).group()
        rest = line[len(marks) :].removeprefix(" ")
        before = lines[-1] if lines else None
        if before and before[0] == marks and before[1].endswith(" ") and before[1] != "-- ":
            joined = before[1][:-1] if delete_space else before[1]
            lines[-1] = (marks, joined + rest)
        else:
            lines.append((marks, rest))
    return "\n".join(f"{marks} {rest}" if marks else rest for marks, rest in lines)


def _clean(text, longest, problems):
    if len(text) > longest:
        problems.append("te lange tekst")
    text = _CONTROL.sub("", text[:longest].replace("\xa0", " ").replace("\x0c", "\n"))
    lines = [line.rstrip()[:5_000] for line in text.split("\n")]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)).strip("\n")


# --- Characters -----------------------------------------------------------------------------------

# Only these: a few of Python's other codecs are slow, or do something else than characters.
_CHARSET = re.compile(
    r"utf-?(?:8|16|32)(?:[-_]?[bl]e)?(?:[-_]sig)?|ascii|us-ascii|(?:iso[-_]?)?8859[-_]\d+|latin[-_]?\d+|(?:windows|cp)[-_]?\d+|"
    r"koi8[-_][rut]|gb\w*|big5\w*|shift_?jis\w*|euc[-_]?\w+|iso[-_]?2022[-_]\w+|mac\w*|iso[-_]8859[-_]\d+",
    re.IGNORECASE,
)
_WESTERN = {"ascii", "iso8859-1", "iso8859-15", "cp1252"}


def decode(content: bytes, charset: object) -> str:
    """The characters of some bytes, also when the declared set is unknown or not the true one."""
    name = _known(charset)
    if name in _WESTERN or not name:
        # Many programs declare one of these and send UTF-8, which is hardly ever valid by accident.
        name, guesses = "", ["utf-8", "cp1252"]
    else:
        guesses = [name, "utf-8", "cp1252"]
    for guess in guesses:
        try:
            return content.decode(guess)
        except (UnicodeError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _known(charset):
    if not isinstance(charset, str) or not _CHARSET.fullmatch(charset.strip("\"' ")):
        return ""
    try:
        return codecs.lookup(charset.strip("\"' ")).name
    except LookupError:
        return ""


# --- Names of files -------------------------------------------------------------------------------

_NOT_IN_A_NAME = re.compile(r'[<>:"|?*;`$&%{}\\/]')
LONGEST_NAME = 100


def safe_name(name: str) -> str:
    """A name without a path, a device or an order of letters that hides its extension."""
    name = _one_line(str(name), 1_000).replace("\\", "/").rpartition("/")[2]
    name = _NOT_IN_A_NAME.sub("_", name).strip(" .")
    if len(name) > LONGEST_NAME:
        stem, dot, extension = name.rpartition(".")
        extension = extension[:10] if dot else ""
        name = f"{(stem or name)[: LONGEST_NAME - 11]}{dot}{extension}"
    return name or "bijlage"


def _file_name(part):
    try:
        name = part.get_filename("")
    except Exception:  # RFC 2231 in ways that the package does not expect
        return ""
    return _one_line(_decoded(str(name)[:LONGEST_HEADER]))


_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}


def _default_name(kind):
    return f"bijlage.{_EXTENSIONS[kind]}" if kind in _EXTENSIONS else "bijlage"
