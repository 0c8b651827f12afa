"""Links to elsewhere: each app says which it shows, the clock checks them all (checking.py).

    # kennispunt/signpost/apps.py
    links.register("wegwijzer", signpost_links)   # yields a Link for every address that is shown

What came of it is in CheckedLink, keyed by address; one without checked_at was never looked at.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple


class Link(NamedTuple):
    """An address elsewhere and the text of ours that shows it."""

    address: str
    title: str  # of our text
    page: str  # where an editor mends it
    steward: int | None = None  # the key of the person who looks after it


_sources: dict[str, Callable[[], Iterable[Link]]] = {}


def register(kind: str, source: Callable[[], Iterable[Link]]) -> None:
    """Let the links of this kind of text be checked: source gives all that visitors can see."""
    _sources[kind] = source


def shown() -> Iterator[Link]:
    """Every link to another site that we show, once for each text that shows it."""
    for source in _sources.values():
        yield from (link for link in source() if link.address.startswith(("http://", "https://")))
