"""How often the right page is among the first three: the measure of issue "Dutch search"."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kennispunt.search.find import search

FIRST = 3
RELEVANCE = Path(__file__).parent / "tests" / "relevance.toml"


@dataclass(frozen=True)
class Quality:
    """Of `asked` questions `answered` had a right page among the first three; the others are in
    `missed`."""

    asked: int
    missed: list[tuple[str, list[str]]]

    @property
    def share(self) -> float:
        return 1 - len(self.missed) / self.asked


def measure(half: str, target: Callable[[str, str], str] = "{}:{}".format) -> Quality:
    """Ask every question of one half ("tune" or "unseen") of the relevance set.

    `target(kind, key)` says how the set names a result: "artikel:naam-registreren".
    """
    questions = [
        q for q in tomllib.loads(RELEVANCE.read_text("utf-8"))["questions"] if q["half"] == half
    ]
    missed = []
    for question in questions:
        found = [target(hit.kind, hit.key) for hit in search(question["query"]).hits()[:FIRST]]
        if not set(found) & set(question["targets"]):
            missed.append((question["query"], found))
    return Quality(len(questions), missed)
