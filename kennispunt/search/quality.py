"""The share of questions with the right page among the first three: of issue "Dutch search"."""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatch
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


def measure(half: str, *, site: bool = False) -> Quality:
    """Ask every question of one half ("tune" or "unseen") of the relevance set.

    `site`: also those that only the whole site can answer, with its dates, areas and facts.
    """
    questions = [
        question
        for question in tomllib.loads(RELEVANCE.read_text("utf-8"))["questions"]
        if question["half"] == half and (site or question.get("on") != "site")
    ]
    missed = []
    for question in questions:
        hits = search(question["query"]).hits()[:FIRST]
        found = [f"{hit.kind}:{hit.key}" for hit in hits]
        if not any(fnmatch(name, target) for name in found for target in question["targets"]):
            missed.append((question["query"], found))
    return Quality(len(questions), missed)
