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
