"""The texts that use a fact. Apps above tell it: a change must say what it touches."""

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Use(NamedTuple):
    """A text that uses a fact: its title, and where an editor opens it."""

    title: str
    address: str


_sources: list[Callable[[str], Iterable[Use]]] = []


def register(source: Callable[[str], Iterable[Use]]) -> Callable[[str], Iterable[Use]]:
    """Add a function that gives the uses of a fact by name. Called in the app's `ready`."""
    if source not in _sources:
        _sources.append(source)
    return source


def uses(name: str) -> list[Use]:
    """Every text that uses this fact, by title."""
    return sorted({use for source in _sources for use in source(name)})
