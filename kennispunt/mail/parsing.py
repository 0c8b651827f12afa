"""Reading a message as it comes from outside. `parse` never raises, whatever the bytes are.

What could not be read is named in `problems`; the raw message is kept beside it, so nothing is
lost. All text is free of control characters: a line break in a name or subject is gone, so it can
never become a header of ours.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message as MimePart

from tnefparse import TNEF

from kennispunt.mail import headers
from kennispunt.mail.characters import CONTROL, decode, header_line
from kennispunt.mail.html_text import text_of
from kennispunt.mail.message import Attachment
from kennispunt.mail.names import attachment_name, default_name, file_name
from kennispunt.mail.quoting import Piece, pieces, written

MOST_PARTS = 200
DEEPEST = 60
LONGEST_TEXT = 200_000  # characters


@dataclass(frozen=True)
class Message:
    """The contents of a message. Text is untrusted: show it escaped."""

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
        """The words that the sender wrote now; all of it when they only passed something on."""
        return written(list(self.pieces)) or (self.text if self.forwarded else "")


def parse(raw: bytes) -> Message:
    """Read a message. Never raises; see `problems` for what could not be read."""
    try:
        return _parse(raw)
    except Exception as problem:  # whatever a stranger sends, it must be kept
        return _only_headers(raw, type(problem).__name__)


def _parse(raw):
    message = message_from_bytes(headers.mended(raw), policy=policy.compat32)
    found = _Contents()
    found.walk(message)
    found.use_what_is_there()
    text = _clean("\n\n".join(found.texts), LONGEST_TEXT, found.problems)
    parts = pieces(text)
    subject = headers.header(message, "Subject")
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
    """Return what can be read without the contents: the headers, or not even those."""
    try:
        raw = headers.mended(raw)
        head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0][: headers.LONGEST_LIST]
        return Message(
            **_headers(message_from_bytes(head, policy=policy.compat32)), problems=(problem,)
        )
    except Exception:  # see parse
        return Message(problems=(problem,))


_FORWARDED = re.compile(r"\s*(?:fwd?|doorst|doorgestuurd|tr|wg)\s*:", re.IGNORECASE)


def _headers(message):
    name, sender = headers.sender(message)
    return {
        "message_id": headers.message_id(message),
        "references": tuple(
            dict.fromkeys(headers.ids(message, "References") + headers.ids(message, "In-Reply-To"))
        ),
        "sender": sender,
        "sender_name": name,
        "recipients": headers.recipients(message),
        "subject": headers.header(message, "Subject"),
        "sent_at": headers.date(message),
        "headers": _bare(message),
    }


def _bare(message):
    """The headers alone, without the contents."""
    bare = MimePart()
    bare._headers = list(message._headers)
    return bare


# --- Contents -------------------------------------------------------------------------------------


_TEXTS = {"text/plain", "text/html", "text/enriched"}


class _Contents:
    """The texts and files of a message, in order."""

    def __init__(self):
        self.texts, self.attachments, self.problems = [], [], []
        self.calendar_method, self.parts, self._names = "", 0, set()
        self._named_texts = []  # texts with the name of a file, that are not said to be one

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
            content = _unwrapped(part, _bytes(inner, self.problems))
            name = headers.header(message_from_bytes(content[:100_000]), "Subject") or "bericht"
            self._attach(f"{name[:60]}.eml", "message/rfc822", content)
        elif part.get_content_type() not in {"message/delivery-status", "message/rfc822-headers"}:
            self._attach("deel.txt", "text/plain", _bytes(part, self.problems))

    def _leaf(self, part, kind):
        name = file_name(part)
        disposition = str(part.get("Content-Disposition", "")).partition(";")[0].strip().lower()
        if kind == "text/calendar":
            self.calendar_method = _method(part)
            self._attach(name or "uitnodiging.ics", kind, _payload(part))
        elif kind == "application/ms-tnef" or name.lower() == "winmail.dat":
            self._winmail(_payload(part))
        elif kind in _TEXTS and not name and (self.parts == 1 or disposition != "attachment"):
            self.texts.append(_text(part))
        elif kind.startswith("multipart/"):
            self.texts.append(decode(_payload(part), "utf-8"))  # its parts cannot be told apart
        elif content := _payload(part):
            if kind in _TEXTS and disposition != "attachment":
                self._named_texts.append(_text(part))
            self._attach(name or default_name(kind), kind, content)

    def use_what_is_there(self):
        """Some programs give the letter itself the name of a file."""
        if not any(text.strip() for text in self.texts):
            self.texts += self._named_texts[:1]

    def _attach(self, name, kind, content):
        name = self._free(attachment_name(name))
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
    _mend_encoding(part)
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _mend_encoding(part):
    """ "base64 " and "base64; x" are base64, which Python's package does not know."""
    value = part.get("Content-Transfer-Encoding")
    if value is not None:
        mended = re.split(r"[;,(]", headers.text_of(value))[0].strip(" \t\r\n\"'").lower()
        del part["Content-Transfer-Encoding"]
        part["Content-Transfer-Encoding"] = re.sub(r"[^a-z0-9-]", "", mended)


def _unwrapped(part, content):
    """A message in a message as it was. Some programs encode it, which the standard forbids."""
    _mend_encoding(part)
    encoding = part.get("Content-Transfer-Encoding", "")
    if encoding not in {"base64", "quoted-printable"} or _looks_like_a_message(content):
        return content
    wrapper = MimePart()
    wrapper["Content-Transfer-Encoding"] = encoding
    wrapper.set_payload(content.decode("ascii", "surrogateescape"))
    decoded = wrapper.get_payload(decode=True)
    return decoded if _looks_like_a_message(decoded) else content


def _looks_like_a_message(content):
    return bool(re.match(rb"\s*[!-9;-~]+:", content))


def _bytes(message, problems):
    try:
        return message.as_bytes(policy=policy.compat32.clone(max_line_length=None))
    except Exception:  # nested too deep, or broken in another way
        problems.append("bericht in een bericht")
        return b""


def _method(part):
    value = part.get_param("method")
    return header_line(value, 20).upper() if isinstance(value, str) else ""


def _text(part):
    text = _characters(part)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.get_content_type() != "text/plain":
        return text_of(text)
    if str(part.get_param("format") or "").lower() == "flowed":
        return _unflowed(text, str(part.get_param("delsp") or "").lower() == "yes")
    return text


_META = re.compile(rb"<meta[^>]{0,200}?charset\s?=\s?[\"']?([\w-]{2,40})", re.IGNORECASE)


def _characters(part):
    """The text in the set that its header declares, or else the page itself."""
    content, declared = _payload(part), part.get_param("charset")
    if not declared and (found := _META.search(content[:5_000])):
        declared = found[1].decode("ascii", "replace")
    return decode(content, declared or "")


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
    text = CONTROL.sub("", text[:longest].replace("\xa0", " ").replace("\x0c", "\n"))
    lines = [line.rstrip()[:5_000] for line in text.split("\n")]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)).strip("\n")
