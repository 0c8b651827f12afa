"""What people type and paste, made the same before it is compared, kept or shown.

One place for each kind of input.
"""

import re

# C0 and C1 controls, half signs and non-characters: XML, PDF and databases refuse them.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Without what no document can hold. A line break of a word processor becomes one of ours."""
    return UNPRINTABLE.sub("", re.sub("[\x0b\x0c]", "\n", text))
