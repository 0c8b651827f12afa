"""Names of lists: how we compare them. Pure functions, no database."""

import re
import unicodedata
from functools import lru_cache

# Any name of which this is the first word stands for no name. What follows may be a person.
BLANK = re.compile(r"\s*blanco\b(?:\s*\(lijst\s+(\d+)\))?", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def folded_list_name(name: str) -> str:
    """`P.v.d.A./GROENLINKS` and `PvdA - GroenLinks` become `pvda groenlinks`."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’‘`´.]", "", plain)).strip()


def blank_list(name: str) -> tuple[bool, int | None]:
    """Whether this says that the list has no name, and the number of the list if that is told."""
    found = BLANK.match(name)
    return bool(found), int(found[1]) if found and found[1] else None
