"""What people type and paste, made the same before it is compared, kept or shown.

One place for each kind of input.
"""

import re
import unicodedata

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


def one_line(text: str) -> str:
    """A name or another short text: composed, without what nobody sees, one space between words."""
    if text.isascii() and text.isprintable():  # nearly always, and a file has many cells
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", UNSEEN.sub("", printable(text)))
    return " ".join(JOINER.sub("", text).split())
