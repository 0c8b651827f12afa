"""The costs of taking part in each kind of election: the names of the facts, never the amounts."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from kennispunt.elections.calendar import next_election
from kennispunt.facts.models import Fact
from kennispunt.facts.usage import Use

# How the names of the facts end. A herindeling is an election for a gemeenteraad. What no law we
# read says about the Europees Parlement is not there.
ENDINGS = {
    "GR": "gr",
    "HERINDELING": "gr",
    "PS": "ps",
    "WS": "ws",
    "ER": "er",
    "KC": "kc",
    "TK": "tk",
}
COUNCILS = ("GR", "HERINDELING")
SMALL, MIDDLE, LARGE = "steun-gr-klein", "steun-gr-midden", "steun-gr-groot"


@dataclass(frozen=True, slots=True)
class Costs:
    """The deposits and the declarations of one election; None where we do not know.

    For a council whose seats we do not know the declarations are in `by_seats`: pairs of the number
    of seats from which it is asked (None for the smallest councils), and how many.
    """

    name_deposit: Fact | None
    list_deposit: Fact | None
    support: Fact | None
    by_seats: tuple[tuple[Fact | None, Fact], ...] = ()


def costs(kind: str, book: dict[str, Fact], *, seats: int | None = None) -> Costs:
    """Return what this kind of election costs a party without a seat (Kieswet G, H 4, H 12-H 14).

    `book` is every fact by name: facts.api.book().
    """
    end = ENDINGS.get(kind, "")
    by_seats = ()
    if kind in COUNCILS and seats is None and {SMALL, MIDDLE, LARGE} <= book.keys():
        by_seats = (
            (None, book[SMALL]),
            (book["steun-grens-midden"], book[MIDDLE]),
            (book["steun-grens-groot"], book[LARGE]),
        )
    return Costs(
        name_deposit=book.get(f"waarborgsom-naam-{end}"),
        list_deposit=book.get(f"waarborgsom-lijst-{end}"),
        support=book.get(support_name(kind, seats)),
        by_seats=by_seats,
    )


def support_name(kind: str, seats: int | None) -> str:
    """The fact with the number of declarations; "" for a council whose seats we do not know.

    Kieswet H 4: fewer than 19 seats, 19 to 38, and 39 or more.
    """
    if kind not in COUNCILS:
        return f"steun-{ENDINGS.get(kind, '')}"
    if seats is None:
        return ""
    return SMALL if seats < 19 else MIDDLE if seats < 39 else LARGE


def names(kind: str) -> set[str]:
    """The names of every fact that the pages of this kind of election show."""
    end = ENDINGS[kind]
    support = {SMALL, MIDDLE, LARGE, "steun-grens-midden", "steun-grens-groot"}
    if kind not in COUNCILS:
        support = {support_name(kind, None)}
    return {f"waarborgsom-naam-{end}", f"waarborgsom-lijst-{end}"} | support


def uses(name: str) -> list[Use]:
    """The pages of the calendar that show this fact, for facts.usage."""
    coming = (next_election(kind, localdate()) for kind in ENDINGS if name in names(kind))
    return [
        Use(f"Kalender: {election.title}", reverse("elections:election", args=[election.slug]))
        for election in coming
        if election
    ]
