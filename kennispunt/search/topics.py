"""Topics to go on with when nothing was found: other apps offer them."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from rapidfuzz import fuzz, process


class Topic(NamedTuple):
    """A place to start reading: everyone may open it."""

    title: str
    url: str


_lists: list[Callable[[], Iterable[Topic]]] = []


def register_topics(topics: Callable[[], Iterable[Topic]]) -> None:
    """Offer these when nothing was found. Call it in `ready()`; the function is called when
    needed."""
    _lists.append(topics)


def nearest_topics(text: str, *, limit: int = 4) -> list[Topic]:
    """The topics whose titles look most like what was asked."""
    topics = [topic for give in _lists for topic in give()]
    titles = [topic.title.lower() for topic in topics]
    nearest = process.extract(text.lower(), titles, scorer=fuzz.WRatio, limit=limit)
    return [topics[index] for _, _, index in nearest]
