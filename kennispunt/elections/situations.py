"""The three situations of a party before an election, and what differs between them.

A seat counts only in the body that is elected, and only at its last election (Kieswet H 4(8)): so
the words say which body, and in a new gemeente that a seat does not help.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kennispunt.elections.calendar import LIGHT, NEW_GEMEENTE, Election
from kennispunt.elections.duties import JOINED, NEW, SEATED
from kennispunt.ui.dutch import listed


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation: its word in addresses, its title, and for whom it is in some elections."""

    slug: str
    title: str
    heading: str
    text: str = ""


SITUATIONS = {
    one.slug: one
    for one in (
        Situation(NEW, "Nieuwe partij", "Alle dagen voor een nieuwe partij"),
        Situation(SEATED, "Partij met een zetel", "Alle dagen voor een partij met een zetel"),
        Situation(
            JOINED, "Samen met een andere partij", "Alle dagen voor partijen die samen verdergaan"
        ),
    )
}
WORK = "Je registreert een naam, betaalt twee waarborgsommen en laat kiezers tekenen."
TOGETHER = "Jullie gaan samen verder: met een samengevoegde naam, of als één nieuwe partij."
AGAIN = (
    "Een zetel in een oude gemeente telt in een nieuwe gemeente niet mee. Elke plaatselijke partij "
    "registreert haar naam opnieuw, ook als zij nu in de raad zit. Reken ook op een waarborgsom "
    "voor de lijst en op handtekeningen van kiezers."
)
GOES_ON = (
    "Komt jullie gebied bij een gemeente die blijft bestaan? Dan houdt alleen een partij uit die "
    "gemeente haar naam."
)


def situations(elections: Sequence[Election]) -> list[Situation]:
    """The situations as they are in these elections, which vote on one day."""
    told = {NEW: new(elections), SEATED: seated(elections), JOINED: TOGETHER}
    return [replace(one, text=told[one.slug]) for one in SITUATIONS.values()]


def situation_in(election: Election, slug: str) -> Situation:
    return next(one for one in situations([election]) if one.slug == slug)


def here(elections: Sequence[Election]) -> str:
    """ "in deze Staten, in dit waterschap of in deze eilandsraad"."""
    return listed(dict.fromkeys(one.kind.here for one in elections), "of")


def new(elections: Sequence[Election]) -> str:
    if not all(one.seats_count for one in elections):
        return f"Jullie hadden in geen van de oude gemeenten een zetel. {WORK}"
    return (
        f"Jullie haalden de vorige keer geen zetel {here(elections)}. Een zetel ergens anders telt "
        f"hier niet mee. {WORK}"
    )


def seated(elections: Sequence[Election]) -> str:
    """In a *herindeling* it depends on whether the gemeente of the seat goes on."""
    merger = next((one for one in elections if one.kind.code == "HERINDELING"), None)
    if merger and merger.merger == LIGHT:
        return (
            "Jullie haalden de vorige keer een zetel in de gemeente die blijft bestaan, onder deze "
            "naam. Je naam blijft geregistreerd. Had je een zetel in de gemeente die verdwijnt? "
            "Dan telt die niet mee: volg ‘Nieuwe partij’."
        )
    if merger:
        return AGAIN if merger.merger == NEW_GEMEENTE else f"{AGAIN} {GOES_ON}"
    return (
        f"Jullie haalden de vorige keer een zetel {here(elections)}, onder deze naam. Je levert de "
        "lijst in, zonder waarborgsom en zonder handtekeningen van kiezers."
    )
