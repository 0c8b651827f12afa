"""The question that is put to the rules, and their answer."""

from dataclasses import asdict, dataclass
from datetime import date

HOLDS, FAILS, PERSON = "holds", "fails", "person"
NO, REVIEW, MAYBE = "no", "review", "maybe"


@dataclass(frozen=True, slots=True)
class Observation:
    """Something we saw, where and when: a list in a result, a registration, a KVK number."""

    what: str
    source: str
    date: date


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie to another party. Kinds: branch, joint_list, federation, endorsement, ally."""

    kind: str
    other: str
    source: str
    date: date


@dataclass(frozen=True, slots=True)
class Declaration:
    """The party's own declaration. Ties: none, cooperation or branch."""

    tie: str
    source: str
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One party in one area on one day, with what is known of it.

    `names`: every name it has or had, and those of its lists. `area` is the code of an area that
    we know, "" when it is unknown; `area_names` are the ways in which that is written.
    With `only_names` what is missing is no reason to ask.
    """

    names: tuple[str, ...]
    on: date
    area: str = ""
    area_names: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()  # codes of what it came from and became at a herindeling
    went_over: tuple[Observation, ...] = ()  # that it is no more, and what it became
    only_names: bool = False
    stood: tuple[Observation, ...] = ()  # lists in results of this area
    registered: Observation | None = None  # its name, in this area, for the first election to come
    association: Observation | None = None
    declaration: Declaration | None = None
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict of one rule on one fact. Results: holds, fails, person (a person has to look)."""

    rule: str
    result: str
    fact: str
    source: str
    date: date | None

    def as_dict(self) -> dict:
        return asdict(self) | {"date": self.date.isoformat() if self.date else None}


@dataclass(frozen=True, slots=True)
class Proposal:
    """An outcome: no, review (a person has to look) or maybe (nothing against it was found).

    A person decides; a `no` and every joint list are decided by two.
    """

    outcome: str
    findings: tuple[Finding, ...]
    ruleset_version: str

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """The findings for which it is not `maybe`."""
        return tuple(one for one in self.findings if one.result != HOLDS)

    @property
    def needs_two(self) -> bool:
        joint = any(one.rule in ("naam-kamer", "samen-lijst") for one in self.reasons)
        return self.outcome == NO or joint

    def as_dict(self) -> dict:
        return {
            "outcome": self.outcome,
            "findings": [one.as_dict() for one in self.findings],
            "ruleset_version": self.ruleset_version,
        }
