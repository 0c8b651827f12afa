"""Cleaning of typed and pasted text, before it is compared, kept or shown.

One place for each kind of input.
"""

import re
import unicodedata
from contextlib import suppress

# C0 and C1 controls, half signs and non-characters: XML, PDF and databases refuse them.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


# What only tells where a line may break, and marks of direction: nobody sees or types them.
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# Joins letters in some scripts and pictures; between signs of ours it is nothing.
JOINER = re.compile("(?<![\u0600-\u1cff\u2190-\U0010ffff])[\u200c\u200d]|[\u200c\u200d]$")


def printable(text: str) -> str:
    """Without what no document can hold. A line break of a word processor becomes one of ours."""
    return UNPRINTABLE.sub("", re.sub("[\x0b\x0c]", "\n", text))


def row_number(text: str) -> int | None:
    """The number of a row as a form or an address sends it back; None when it can be none.

    No database counts further than eighteen digits, and Python refuses to read five thousand.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def one_line(text: str) -> str:
    """A name or another short text: composed, without what nobody sees, one space between words."""
    if text.isascii() and text.isprintable():  # nearly always, and a file has many cells
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", UNSEEN.sub("", printable(text)))
    return " ".join(JOINER.sub("", text).split())


LONGEST_SOUGHT = 200


def sought(text: str) -> str:
    """Words to look for in a table. No name is longer, and SQLite refuses to compare a book."""
    return text.strip()[:LONGEST_SOUGHT]


DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d-"  # to stand in a set
SINGLE = re.compile(f"[\\s._/:{DASHES}]")


def plain_digits(text: str) -> str:
    """The same with digits as we write them, whatever script or width they were typed in."""
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() and not sign.isascii() else sign
        for sign in text
    )


def code(text: str) -> str:
    """A code that we mailed, or of an app: without spaces, dashes and what nobody sees."""
    joined = JOINER.sub("", one_line(text)).replace("\u200c", "").replace("\u200d", "")
    return SINGLE.sub("", plain_digits(unicodedata.normalize("NFKC", joined)))


def kvk(text: str) -> str:
    """A KVK number as people paste it: "KVK 1234 5678", "kvk-nr.: 12.34.56.78"."""
    joined = code(text)
    return re.sub(r"^(?:kvk)?(?:nummer|nr)?", "", joined, flags=re.IGNORECASE) or joined


def postcode(text: str) -> str:
    """A Dutch postcode as it is written, "1234 AB"; another is left as it was typed."""
    found = re.fullmatch(r"([1-9]\d{3})([A-Z]{2})", code(text).upper())
    return f"{found[1]} {found[2]}" if found else one_line(text)


def amount(text: str) -> str:
    """A number as people write it here, for a computer: "€ 1.250,75" and "1250.75" are 1250.75.

    Dots before groups of three are for reading: "1.250" is 1250. What is no number stays as it was.
    """
    bare = re.sub(r"(?i)^(?:€|eur|euro)|(?:€|eur|euro)$", "", re.sub(r"\s", "", one_line(text)))
    bare = re.sub(f",(?:[{DASHES}]{{1,2}}|=)$", "", plain_digits(bare))
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d*)?|-?\d+,\d*", bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(?:,\d{3})+\.\d*", bare):  # as others write it
        bare = bare.replace(",", "")
    return bare.rstrip(".") if re.fullmatch(r"-?\d+(?:\.\d*)?", bare) else one_line(text)


def mail_address(text: str) -> str:
    """One mailbox is written in one way: a domain with an accent as mail servers write it.

    `anna@brülle.nl` and `anna@xn--brlle-lva.nl` are the same box, and so the same account.
    """
    local, at, domain = one_line(text).lower().rpartition("@")
    with suppress(UnicodeError):  # no domain at all: its field says so
        domain = domain.encode("idna").decode("ascii")
    return local + at + domain
