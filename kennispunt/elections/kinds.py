"""The kinds of elections, and how each is said."""

from dataclasses import dataclass

FIRST_YEAR = 2014


class NoElection(ValueError):
    """There is no such election, or no rule for its day. The message is Dutch, for a visitor."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of election. The slug stands in addresses and never changes."""

    code: str
    slug: str
    name: str
    body: str  # whose members are elected, as after "de verkiezing van"
    here: str  # "een zetel in deze Staten": a seat elsewhere is another thing
    outside: str  # where somebody lives who must say to move here (Kieswet H 7(3)); "" for none
    every: int = 0  # years; 0 when no rule gives the year
    first: int = FIRST_YEAR


RAAD = ("in deze gemeenteraad", "buiten de gemeente")
KINDS = {
    kind.code: kind
    for kind in (
        Kind("GR", "gemeenteraad", "Gemeenteraad", "de gemeenteraad", *RAAD, 4, 2014),
        Kind("PS", "provinciale-staten", "Provinciale staten", "provinciale staten",
             "in deze Staten", "buiten de provincie", 4, 2015),
        Kind("WS", "waterschap", "Waterschap", "het waterschap",
             "in dit waterschap", "buiten het waterschap", 4, 2015),
        Kind("ER", "eilandsraad", "Eilandsraad", "de eilandsraad",
             "in deze eilandsraad", "buiten het eiland", 4, 2015),
        Kind("KC", "kiescollege", "Kiescollege", "het kiescollege",
             "in dit kiescollege", "buiten het eiland", 4, 2019),
        Kind("HERINDELING", "herindeling", "Herindeling", "de gemeenteraad na een herindeling",
             *RAAD, 1, 2014),
        Kind("TK", "tweede-kamer", "Tweede Kamer", "de Tweede Kamer",
             "in de Tweede Kamer", "", 4, 2030),
        Kind("EP", "europees-parlement", "Europees Parlement", "het Europees Parlement",
             "in het Europees Parlement", ""),
    )
}  # fmt: skip
# EML, the format of election files, calls the water board AB; both codes are understood.
KIND_BY_WORD = {
    "ab": KINDS["WS"],
    **{kind.code.lower(): kind for kind in KINDS.values()},
    **{kind.slug: kind for kind in KINDS.values()},
}


def kind_of(word: str) -> Kind:
    """The kind with this code or slug, in any case. NoElection when there is none."""
    try:
        return KIND_BY_WORD[word.lower()]
    except KeyError:
        known = ", ".join(kind.code for kind in KINDS.values())
        raise NoElection(f"Deze soort verkiezing kennen we niet: {word}. Wel: {known}.") from None
