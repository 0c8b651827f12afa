"""Names of lists: how we compare them. Pure functions, no database."""

import re
import unicodedata
from functools import lru_cache

from kennispunt.ui.cleaning import one_line

# A person as the files write one: "Achternaam, V.", "Berg, van den, J.A. (Jan)", "V. Achternaam".
INITIALS = r"(?:[A-Z][a-z]?\.[ -]?){1,8}"
SURNAME_FIRST = rf"[^\W\d_][^()\d]*,\s*{INITIALS}\s*(?:[^\W\d_' -]|[ '’-])*(?:\(.*\))?"
INITIALS_FIRST = rf"{INITIALS}\s*(?:[a-z’']+\s+)*[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+)*"
PERSON = re.compile(SURNAME_FIRST)

LONGEST = 300  # signs of a name that we look at
# Ways to write that there is no name. What follows "blanco" may be a person, and so may words in
# brackets behind a number; a registered name such as "Lijst 9 Winterswijk" is one.
NUMBER = r"(?:lijst\s*(?:nummer|nr\.?)?|lijstnummer|nr\.?)?\s*(\d{1,3})"
BLANK = re.compile(rf"\W*blan[ck]o\b(?:[\s(:-]*{NUMBER}\b)?", re.IGNORECASE)
NUMBERED = re.compile(
    r"(?P<word>lijst(?:nummer|\s+nummer|\s+nr\.?)?\s*)?(?P<number>\d{1,3})\b(?P<rest>.*)",
    re.IGNORECASE,
)
NAMELESS = re.compile(
    r"\W*(?:(?:lijst\s+)?(?:zonder|geen)\s+(?:naam|aanduiding)|naamloze?(?:\s+lijst)?|n\.?v\.?t\.?)\W*"
    r"(?:\(.*\))?(?:lijst\s+(\d{1,3}))?\W*",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def folded_list_name(name: str) -> str:
    """`P.v.d.A./GROENLINKS` and `PvdA - GroenLinks` become `pvda groenlinks`."""
    plain = unicodedata.normalize("NFKD", one_line(name).casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’‘`´.]", "", plain)).strip()


@lru_cache(maxsize=20_000)
def blank_list(name: str) -> tuple[bool, int | None]:
    """Whether this says that the list has no name, and the number of the list if that is told."""
    name = one_line(name)[:LONGEST]
    if found := BLANK.match(name) or NAMELESS.fullmatch(name):
        return True, int(found[1]) if found[1] else None
    if found := NUMBERED.fullmatch(name):
        rest = found["rest"].strip(" :.,–—-")
        bracketed = found["word"] and rest.startswith(("(", "["))
        if bracketed or not rest or names_nobody(rest) or is_person(rest.strip("()[] ")):
            return True, int(found["number"])
    return not re.search(r"\w", name) or bool(PERSON.fullmatch(name)), None


def names_nobody(text: str) -> bool:
    return bool(BLANK.match(text) or NAMELESS.fullmatch(text))


def is_person(text: str) -> bool:
    """Behind a number; a party of its own may well be called "P.A.K. Brunssum"."""
    return bool(PERSON.fullmatch(text) or re.fullmatch(INITIALS_FIRST, text))
