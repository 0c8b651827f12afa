"""Names of files that came with a mail: what the sender called them, and safe to keep under."""

import re
from email.message import Message as MimePart

from kennispunt.mail.characters import decode, decode_words, header_line
from kennispunt.mail.headers import LONGEST_HEADER, text_of

_NOT_IN_A_NAME = re.compile(r'[<>:"|?*;`$&%{}\\/]')
LONGEST_NAME = 100


def attachment_name(name: str) -> str:
    """A name without a path, a device or an order of letters that hides its extension."""
    name = header_line(str(name), 1_000).replace("\\", "/").rpartition("/")[2]
    name = _NOT_IN_A_NAME.sub("_", name).strip(" .")
    if len(name) > LONGEST_NAME:
        stem, dot, extension = name.rpartition(".")
        extension = extension[:10] if dot else ""
        name = f"{(stem or name)[: LONGEST_NAME - 11]}{dot}{extension}"
    return name or "bijlage"


def file_name(part) -> str:
    """The name of a file as its sender meant it; "" when it has none."""
    return _named(part, "Content-Disposition", "filename") or _named(part, "Content-Type", "name")


def _named(part, header, name):
    """One parameter of a header, in the form of RFC 2231 before others."""
    value = part.get(header)
    if value is None:
        return ""
    # A header with bytes in it is no text to Python's package, and its question marks a name.
    readable = MimePart()
    text = re.sub(r"\s+", " ", text_of(value)[:LONGEST_HEADER])
    readable[header] = f"x; {text}"  # so that a parameter without a type before it is read too
    try:
        found = readable.get_params([], header)
    except Exception:  # RFC 2231 in ways that the package does not expect
        found = re.findall(rf'\b({name})[*\d]*\s?=\s?"?([^";]+)', text, re.IGNORECASE)
    values = [given for key, given in found if key.lower() == name]
    coded = next((given for given in values if isinstance(given, tuple)), None)
    if coded:
        return header_line(_coded(coded))
    plain = values[0] if values else ""
    return header_line(decode_words(plain.strip(' "')))


def _coded(value):
    """(charset, language, text), where the text holds bytes as characters."""
    charset, _, text = value
    try:
        return decode(text.encode("latin-1"), charset or "")
    except UnicodeEncodeError:
        return text


_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}


def default_name(kind: str) -> str:
    """The name of a file that came without one."""
    return f"bijlage.{_EXTENSIONS[kind]}" if kind in _EXTENSIONS else "bijlage"
