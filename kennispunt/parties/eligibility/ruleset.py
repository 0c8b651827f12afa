"""The rules as data: read and checked once."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kennispunt.elections.names import folded_list_name

FILE = Path(__file__).with_name("ruleset.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    criteria: tuple[str, ...]
    names: bool
    title: str
    asks: str
    holds: str
    person: str
    fails: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)  # one is itself: quick to look up
class Group:
    """A group in the Tweede Kamer, or a national party without a seat, with dates."""

    name: str
    source: str
    source_date: date
    anywhere: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def is_there(self, on: date) -> bool:
        begun = self.since is None or self.since <= on
        return begun and (self.until is None or on < self.until)

    @property
    def aliases(self) -> tuple[str, ...]:
        return self.anywhere + self.whole + self.ambiguous


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie that was made public."""

    party: str
    names: tuple[str, ...]
    other: str
    kind: str
    source: str
    source_date: date
    area: str = ""

    def is_of(self, name: str, area: str) -> bool:
        here = not self.area or self.area == area
        return here and folded_list_name(name) in {folded_list_name(one) for one in self.names}


@dataclass(frozen=True, slots=True)
class Word:
    """Words that are not enough to decide on."""

    words: tuple[str, ...]
    result: str
    why: str
    number: bool = False

    def found_in(self, tokens) -> list[str]:
        end = r"\d*" if self.number else ""
        one = re.compile(f"(?:{'|'.join(self.words)}){end}")
        return [token for token in tokens if one.fullmatch(token)]


@dataclass(frozen=True, slots=True)
class Ruleset:
    version: str
    date: date
    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...]
    kamer: tuple[Group, ...]
    national: tuple[Group, ...]
    relations: tuple[Relation, ...]
    words: tuple[Word, ...]

    def rule(self, id: str) -> Rule:
        return next(rule for rule in self.rules if rule.id == id)


def built(kind, row):
    """A row of the file as an object; lists become tuples, and `from` (a word of Python) since."""
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    if "from" in values:
        values["since"] = values.pop("from")
    return kind(**values)


def read(text: str) -> Ruleset:
    data = tomllib.loads(text)
    rules = Ruleset(
        version=data["version"],
        date=data["date"],
        criteria=tuple(built(Criterion, row) for row in data["criterion"]),
        rules=tuple(built(Rule, row) for row in data["rule"]),
        kamer=tuple(built(Group, row) for row in data["kamer"]),
        national=tuple(built(Group, row) for row in data["national"]),
        relations=tuple(built(Relation, row) for row in data["relation"]),
        words=tuple(built(Word, row) for row in data["word"]),
    )
    known = {criterion.id for criterion in rules.criteria}
    for rule in rules.rules:
        if unknown := set(rule.criteria) - known:
            raise ValueError(f"rule {rule.id}: there is no criterion {unknown}")
    return rules


@cache
def ruleset() -> Ruleset:
    """The rules that hold now."""
    return read(FILE.read_text("utf-8"))
