"""The three situations of a party before an election, and what differs between them."""

from dataclasses import dataclass

from kennispunt.elections.duties import JOINED, NEW, SEATED


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation: its word in addresses, its title, and for whom it is."""

    slug: str
    title: str
    text: str
    heading: str


SITUATIONS = {
    one.slug: one
    for one in (
        Situation(
            NEW,
            "Nieuwe partij",
            "Jullie hadden nog geen zetel. Je registreert een naam, betaalt een waarborgsom en "
            "laat kiezers tekenen.",
            "Alle dagen voor een nieuwe partij",
        ),
        Situation(
            SEATED,
            "Partij met een zetel",
            "Jullie haalden de vorige keer een zetel onder deze naam. "
            "Je levert alleen de lijst in.",
            "Alle dagen voor een partij met een zetel",
        ),
        Situation(
            JOINED,
            "Samen met een andere partij",
            "Jullie gaan samen verder: met een samengevoegde naam, of als één nieuwe partij.",
            "Alle dagen voor partijen die samen verdergaan",
        ),
    )
}

# The names of the facts that differ per kind of election. A kind without them has no row here.
FACTS = {
    "GR": {"name_deposit": "waarborgsom-naam-gr", "list_deposit": "waarborgsom-lijst-gr"},
    "HERINDELING": {"name_deposit": "waarborgsom-naam-gr", "list_deposit": "waarborgsom-lijst-gr"},
    "PS": {"name_deposit": "waarborgsom-naam-ps", "list_deposit": "waarborgsom-lijst-ps"},
    "WS": {"name_deposit": "waarborgsom-naam-ws", "list_deposit": "waarborgsom-lijst-ws"},
    "ER": {"name_deposit": "waarborgsom-naam-er", "list_deposit": "waarborgsom-lijst-er"},
}
# Declarations of support (Kieswet H 4). For a gemeente the number depends on the seats.
SUPPORT = {"PS": "steun-ps", "WS": "steun-ws"}
SMALL, MIDDLE, LARGE = "steun-gr-klein", "steun-gr-midden", "steun-gr-groot"


def support_fact(kind: str, seats: int | None = None) -> str | None:
    """The name of the fact with the number of declarations, None when we cannot know it.

    Kieswet H 4: fewer than 19 seats, 19 to 38, and 39 or more.
    """
    if kind not in ("GR", "HERINDELING"):
        return SUPPORT.get(kind)
    if seats is None:
        return None
    return SMALL if seats < 19 else MIDDLE if seats < 39 else LARGE
