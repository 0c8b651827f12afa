"""The names of others that stand in the name of a list. On whole words, never on a likeness."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kennispunt.elections.names import folded_list_name
from kennispunt.parties.eligibility.ruleset import Group

# The signs between the names of parties on one list.
BETWEEN = re.compile(r"[/|&+,;:()\[\]\"“”„–—-]|\ben\b", re.IGNORECASE)
# Words that add nothing to the name of a party.
FILLERS = frozenset({"en", "afdeling", "gemeente"})


@dataclass(frozen=True, slots=True)
class Hit:
    """The name of a group in the name of a list. Not certain when others use that word too."""

    group: Group
    words: tuple[str, ...]
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A name, read: which groups are in it, and what is left when their names and the place go."""

    name: str
    tokens: tuple[str, ...]
    hits: tuple[Hit, ...]
    rest: tuple[str, ...]


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    return tuple(folded_list_name(name).split())


def read_name(name: str, groups: Iterable[Group], on: date, places: Iterable[str] = ()) -> Reading:
    """The name of a list with the groups that were there on this day."""
    places = sorted({words_of(place) for place in places} - {()}, key=len, reverse=True)
    tokens = list(unglued(words_of(name), places))
    parts = [words_of(part) for part in BETWEEN.split(name)]
    left: list[str | None] = list(tokens)
    hits = []
    for alias, group, is_whole, is_certain in aliases(groups, on):
        if alias[0] not in tokens or (is_whole and alias not in parts):
            continue
        while take(left, alias):
            hits.append(Hit(group, alias, is_certain))
    for place in places:
        take(left, place)
    rest = [word for word in left if word and word not in FILLERS]
    return Reading(name, tuple(tokens), tuple(hits), tuple(rest))


@lru_cache(maxsize=64)
def aliases(groups, on) -> list:
    """Longest first, so that `christenunie sgp` is not read as something shorter."""
    found = [
        (words_of(alias), group, kind != "anywhere", kind != "ambiguous")
        for group in groups
        if group.is_there(on)
        for kind in ("anywhere", "whole", "ambiguous")
        for alias in getattr(group, kind)
    ]
    return sorted(found, key=lambda alias: len(alias[0]), reverse=True)


def unglued(tokens, places) -> Iterator[str]:
    """The words, and a place that is written on to a word apart: proveenendaal."""
    ends = ["".join(place) for place in places]
    for token in tokens:
        end = next((end for end in ends if token.endswith(end) and token != end), "")
        if end:
            yield token.removesuffix(end)
            yield end
        else:
            yield token


def take(left, words) -> bool:
    """Take these words, next to each other, out of what is left."""
    size = len(words)
    for start in range(len(left) - size + 1):
        if tuple(left[start : start + size]) == words:
            left[start : start + size] = [None] * size
            return True
    return False
