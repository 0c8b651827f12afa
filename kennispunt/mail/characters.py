"""The characters of what a stranger's program sent, whatever it declared. Nothing here raises."""

import base64
import codecs
import quopri
import re

from kennispunt.ui import cleaning

# --- A line of text -------------------------------------------------------------------------------

CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def header_line(value: str, longest: int = 500) -> str:
    """One line of at most so many signs, without controls: it can never become a header of ours."""
    return cleaning.one_line(CONTROL.sub(" ", value))[:longest]


# --- Bytes to characters --------------------------------------------------------------------------

# Only these: a few of Python's other codecs are slow, or do something else than characters.
_CHARSET = re.compile(
    r"utf-?(?:7|8|16|32)(?:[-_]?[bl]e)?(?:[-_]sig)?|ascii|us-ascii"
    r"|(?:iso[-_]?)?8859[-_]\d+|latin[-_]?\d+|(?:windows|cp|ibm)[-_]?\d+|koi8[-_][rut]|gb\w*|big5\w*"
    r"|shift_?jis\w*|euc[-_]?\w+|iso[-_]?2022[-_]\w+|mac\w*|ks_c_5601[-_]\w+|tis-?620",
    re.IGNORECASE,
)
_OTHER_NAMES = {"ks_c_5601-1987": "cp949", "x-sjis": "cp932", "x-mac-roman": "mac_roman"}
# What programs mean by a name is often the larger set that Windows has under it.
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
# The same, but only when it holds bytes that the declared set has no character for.
_OF_WINDOWS = {
    "iso8859-1": "cp1252", "iso8859-15": "cp1252", "iso8859-2": "cp1250", "iso8859-5": "cp1251",
    "iso8859-7": "cp1253", "iso8859-9": "cp1254",
}  # fmt: skip
_C1 = re.compile(rb"[\x80-\x9f]")


def decode(content: bytes, charset: object) -> str:
    """The characters of some bytes, also when the declared set is unknown or not the true one."""
    name = _known(charset)
    if name.startswith(("utf-16", "utf-32")) and b"\0" not in content:
        name = ""  # that is what it was before some program wrote it anew
    if _is_single_byte(name):
        # Many programs declare one of these and send UTF-8, which is hardly ever valid by accident.
        guesses = ["utf-8", _OF_WINDOWS.get(name, name) if _C1.search(content) else name]
    else:
        guesses = [name] if name else []
    for guess in guesses:
        try:
            return content.decode(guess)
        except (UnicodeError, ValueError):
            continue
    return content.decode("utf-8", _AS_WINDOWS)


def _known(charset):
    """Python's name of a declared set; "" when we do not know it, or it says nothing (ASCII)."""
    if isinstance(charset, tuple):  # as RFC 2231 writes a parameter
        charset = charset[-1]
    if not isinstance(charset, str):
        return ""
    charset = charset.strip("\"' ").lower()
    charset = _OTHER_NAMES.get(charset, charset)
    if not _CHARSET.fullmatch(charset):
        return ""
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return ""
    return "" if name == "ascii" else _LARGER.get(name, name)


def _is_single_byte(name):
    return name.startswith(("iso8859", "cp125", "cp85", "cp43", "koi8", "mac"))


_AS_WINDOWS = "kennispunt-windows"


def _read_as_windows(problem):
    """Bytes that are no UTF-8, in the middle of what is: as a Windows program meant them."""
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    return problem.object[problem.start : problem.end].decode("cp1252", "replace"), problem.end


codecs.register_error(_AS_WINDOWS, _read_as_windows)


# --- Words of a header ----------------------------------------------------------------------------

# With spaces, without padding, with a language (RFC 2231): as programs write them, not as RFC 2047.
_WORD = re.compile(r"=\?([^?*\s]{1,40})(?:\*[^?\s]{0,20})?\?([bq])\?([^?]*)\?=", re.IGNORECASE)


def decode_words(value: str) -> str:
    """A header with its encoded words as text. Two words that share a character are read as one."""
    made, place, waiting = [], 0, None  # waiting: (charset, bytes) that the next word may go on
    for word in _WORD.finditer(value):
        between, place = value[place : word.start()], word.end()
        charset, content = word[1].lower(), _word_bytes(word[2], word[3])
        if waiting and (between.strip() or waiting[0] != charset):
            made.append(decode(waiting[1], waiting[0]))
            waiting = None if between.strip() else (charset, b"")
        if waiting is None or between.strip():
            made.append(between)
            waiting = (charset, b"")
        waiting = (charset, waiting[1] + content)
    if waiting:
        made.append(decode(waiting[1], waiting[0]))
    return "".join(made) + value[place:]


def _word_bytes(kind, text):
    content = text.encode("utf-8", "replace")
    if kind.lower() == "q":
        return quopri.decodestring(content.replace(b"_", b"=20"))
    content = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
    whole = len(content) - (len(content) % 4 == 1)  # one letter too many says nothing
    return base64.b64decode(content[:whole] + b"=" * (-whole % 4))
