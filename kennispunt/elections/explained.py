"""The text that tells how to do what a day of the calendar asks. Texts lie above, and say so."""

from collections.abc import Callable

_sources: list[Callable[[], dict[str, str]]] = []
YEAR_PLAN = "jaarplan"  # what there is to do for who has no election now


def register(addresses: Callable[[], dict[str, str]]) -> None:
    """Add texts: `addresses` gives the address by the name of a day."""
    _sources.append(addresses)


def addresses() -> dict[str, str]:
    """Return the address of the text for each day that has one, by its name."""
    return {name: address for source in _sources for name, address in source().items()}
