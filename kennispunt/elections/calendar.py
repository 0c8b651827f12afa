"""The election calendar, computed from the law. Pure functions: no database, no Django.

    election("PS", 2027).day("registratie").date      # 21 December 2026
    upcoming(today)                                   # what a party has to do next

Kieswet F 1, J 1 and Wet arhi 55 give the days of nomination and voting, duties.py the days counted
from them, working_days.py moves what falls on a free day (Kieswet Z 12). What data/elections.toml
says about one election wins over the rule. docs/decisions tells why the calendar is computed.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import groupby, islice
from pathlib import Path

from dateutil.relativedelta import relativedelta

from kennispunt.elections.duties import (
    ALL_PARTIES,
    DUTIES,
    FROM,
    NEW,
    NOT_BEFORE,
    PARTY,
    SEATED,
    Duty,
)
from kennispunt.elections.kinds import FIRST_YEAR, KINDS, Kind, NoElection, kind_of
from kennispunt.elections.working_days import in_words, may_become_holiday, working_day_from

LAST_YEAR = 2100
NOMINATION_TO_VOTING = timedelta(days=44)  # Kieswet J 1
CERTAINTIES = ("laag", "middel", "hoog")
# A *herindeling* makes a new gemeente, or adds one to another that goes on (Wet arhi 52).
NEW_GEMEENTE, LIGHT = "nieuw", "licht"
# The days that {{dag: …}} in a text may ask for.
DAY_NAMES = frozenset(duty.name for duty in DUTIES)


@dataclass(frozen=True, slots=True)
class Day:
    """One dated duty in one election. Certainty: hoog, middel or laag. The note says why."""

    duty: Duty
    date: date
    article: str
    hour: str
    certainty: str
    note: str

    @property
    def name(self) -> str:
        return self.duty.name

    @property
    def what(self) -> str:
        return self.duty.what

    @property
    def who(self) -> str:
        return self.duty.who

    @property
    def bound(self) -> str:
        return self.duty.bound

    @property
    def is_due(self) -> bool:
        """Whether something must have happened on it, and not only can begin."""
        return self.bound not in (FROM, NOT_BEFORE)

    def as_dict(self) -> dict[str, str | None]:
        """For JSON: the six that were promised first, then what is handy."""
        return {
            "date": self.date.isoformat(),
            "what": self.what,
            "article": self.article,
            "who": self.who,
            "hour": self.hour or None,
            "certainty": self.certainty,
            "name": self.name,
            "bound": self.bound,
            "note": self.note or None,
        }


@dataclass(frozen=True)
class Election:
    """One election: its day of nomination (D), of voting (S) and every dated duty, in order.

    `confirmed`: an official page named these days; if not, they are computed and we say so.
    `merger`: of a *herindeling*, what it makes; "" when we do not know or it makes both.
    `is_sure`: whether it is held for sure. A *herindeling* may be a bill that never became law.
    """

    kind: Kind
    year: int
    nomination: date
    voting: date
    confirmed: bool
    source: str
    about: str
    days: tuple[Day, ...]
    merger: str = ""
    is_sure: bool = True

    @property
    def slug(self) -> str:
        return f"{self.kind.slug}-{self.year}"

    @property
    def title(self) -> str:
        return f"{self.kind.name} {self.year}"

    def day(self, name: str) -> Day:
        """The day with this name. KeyError when this election has no such day."""
        return self._by_name[name]

    def days_for(self, situation: str) -> list[Day]:
        """The days that matter to a party: nieuw (new), zetel (with a seat) or samen (merged).

        Where a seat of before does not count, who has one meets the days of a new party.
        """
        as_if = NEW if situation == SEATED and not self.seats_count else situation
        return [day for day in self.days if as_if in day.duty.situations]

    def timeline(self, situation: str) -> list[tuple[date, list[Day]]]:
        """The same by date, each date once; and before the day for the name, our advice."""
        days = self.days_for(situation)
        name = next((day for day in days if day.name == "registratie"), None)
        if name and situation == NEW:
            days = [Day(STATUTES, name.date - relativedelta(months=3), "", "", "hoog", ""), *days]
        by_date = groupby(days, lambda day: day.date)  # what the party itself must do stands first
        return [(on, sorted(these, key=lambda day: day.who != PARTY)) for on, these in by_date]

    @property
    def seats_count(self) -> bool:
        """Whether a seat of last time frees a party from registering, paying and signatures.

        Not in a new gemeente: nobody has a seat in its council yet (Kieswet G 3, H 4(8)). As long
        as we do not know what a *herindeling* makes, we ask for the most.
        """
        return self.kind.code != "HERINDELING" or self.merger == LIGHT

    @cached_property
    def _by_name(self) -> dict[str, Day]:
        return {day.name: day for day in self.days}


@dataclass(frozen=True, slots=True)
class Moment:
    """A day of one or more elections at once: provinces and water boards share theirs."""

    day: Day
    elections: tuple[Election, ...]

    @property
    def date(self) -> date:
        return self.day.date

    @property
    def title(self) -> str:
        return self.day.what

    @property
    def name(self) -> str:
        return self.day.name

    def days_left(self, today: date) -> int:
        return (self.date - today).days


# --- The rules -----------------------------------------------------------------------------------


def monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def regular_nomination(year: int) -> date:
    """The Monday from 30 January to 5 February, in a leap year a day later (Kieswet F 1(1))."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return monday_from(date(year, 1, 31 if is_leap else 30))


def late_nomination(year: int) -> date:
    """For the Tweede Kamer in a year with provinces or councils: from 28 March (Kieswet F 1(2))."""
    return monday_from(date(year, 3, 28))


def merger_nomination(year: int) -> date:
    """The Monday from 5 to 11 October, before a *herindeling* on 1 January (Wet arhi 55)."""
    return monday_from(date(year, 10, 5))


def has_rule(kind: Kind, year: int) -> bool:
    return bool(kind.every) and year >= kind.first and (year - kind.first) % kind.every == 0


def nomination_by_rule(kind: Kind, year: int) -> date:
    if kind.code == "HERINDELING":
        return merger_nomination(year)
    shares_year = has_rule(KINDS["GR"], year) or has_rule(KINDS["PS"], year)
    return late_nomination(year) if kind.code == "TK" and shares_year else regular_nomination(year)


@cache
def decreed() -> dict:
    """data/elections.toml, its elections by code and year."""
    with (Path(__file__).parent / "data" / "elections.toml").open("rb") as file:
        data = tomllib.load(file)
    by_key = {(code, one["year"]): one for one in data["election"] for code in one["kinds"]}
    return data | {"election": by_key}


def revised() -> date:
    """The day the rules or the data last changed: agendas then take the new dates over."""
    return decreed()["revised"]


def election(kind: str | Kind, year: int) -> Election:
    """The calendar of one election, by code or slug and year. NoElection says in Dutch why not."""
    kind = kind if isinstance(kind, Kind) else kind_of(kind)
    known = decreed()["election"].get((kind.code, year), {})
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoElection(f"We rekenen van {FIRST_YEAR} tot en met {LAST_YEAR}, niet voor {year}.")
    if not known and not has_rule(kind, year):
        raise NoElection(f"Voor {kind.body} is er in {year} geen verkiezing of geen regel.")

    voting = known.get("voting")
    nomination = known.get("nomination") or (
        voting - NOMINATION_TO_VOTING if voting else nomination_by_rule(kind, year)
    )
    voting = voting or nomination + NOMINATION_TO_VOTING
    changed = {one["name"]: one for one in known.get("day", ())}
    certainty = known.get("certainty") or base_certainty(kind, known)
    anchors = {"D": nomination, "S": voting}
    days = [
        make_day(duty, kind, anchors[duty.anchor], certainty, changed.get(duty.name, {}))
        for duty in duties_of(kind, year, frozenset(changed))
    ]
    if kind.code == "HERINDELING":
        days.append(Day(NEW_COUNCIL, date(year + 1, 1, 1), "Wet arhi 55", "", certainty, ""))
    return Election(
        kind=kind,
        year=year,
        nomination=nomination,
        voting=voting,
        confirmed=known.get("confirmed", False),
        source=known.get("source", ""),
        about=known.get("about", ""),
        merger=known.get("merger", ""),
        is_sure=known.get("confirmed") or known.get("held", kind.code != "HERINDELING"),
        days=tuple(sorted(days, key=lambda day: day.date)),  # on one date as in DUTIES
    )


STATUTES = Duty("statuten", "D", 0, "Statuten bij de notaris", "", PARTY)
NEW_COUNCIL = Duty(
    "aftreden", "S", 0, "De nieuwe gemeente en haar raad beginnen", "Wet arhi 55", "oude leden"
)


def base_certainty(kind: Kind, known: dict) -> str:
    """As certain as the law, but a cabinet may fall, and a *herindeling* may choose other days."""
    if kind.code == "HERINDELING" and not known.get("confirmed"):
        return "middel"
    return "middel" if kind.code == "TK" and not known else "hoog"


@cache
def duties_of(kind: Kind, year: int, decreed_names: frozenset[str]) -> tuple[Duty, ...]:
    """The duties of this kind in this year, each name once: the first in DUTIES that holds.

    A duty that the law did not have yet is there all the same when the data give its day.
    """
    found: dict[str, Duty] = {}
    for duty in DUTIES:
        holds = duty.since <= year or duty.name in decreed_names
        if kind.code in duty.kinds and holds:
            found.setdefault(duty.name, duty)
    return tuple(found.values())


def make_day(duty: Duty, kind: Kind, anchor: date, certainty: str, change: dict) -> Day:
    counted = anchor + timedelta(days=duty.offset)
    day = change.get("date") or (working_day_from(counted) if duty.moves else counted)
    notes = [duty.note_for(kind.code)]
    if why := change.get("why"):
        notes.append(why)
    elif day != counted:
        free = in_words(counted).capitalize()
        notes.append(f"{free} is een vrije dag; dan schuift het door (Kieswet Z 12).")
    elif duty.moves and may_become_holiday(day):
        later = working_day_from(day + timedelta(days=1))
        notes.append(
            f"{in_words(day).capitalize()} kan nog een vrije dag worden bij koninklijk besluit. "
            f"Dan wordt het {in_words(later)}. We tonen de vroegste dag (Kieswet Z 12)."
        )
    return Day(
        duty=duty,
        date=day,
        article=duty.cite(kind.code),
        hour=change.get("hour", duty.hour),
        certainty=change.get("certainty") or min(certainty, duty.certainty, key=CERTAINTIES.index),
        note=" ".join(filter(None, notes)),
    )


def name_appeal(published: date) -> date:
    """The last day to appeal against a decision about a name (Kieswet G 5)."""
    return working_day_from(published + timedelta(days=6))


# --- What comes next -----------------------------------------------------------------------------


def is_held(kind: Kind, year: int) -> bool:
    """Whether we know that this election is held: a *herindeling* only when the data name it."""
    by_rule = has_rule(kind, year) and kind.code != "HERINDELING"
    return by_rule or (kind.code, year) in decreed()["election"]


def elections_of(kind: Kind) -> Iterator[Election]:
    """Every election of this kind that we know of, the oldest first."""
    return from_year(kind, FIRST_YEAR)


def next_election(kind: str | Kind, today: date) -> Election | None:
    """The next election of this kind whose votes are still to be cast."""
    kind = kind if isinstance(kind, Kind) else kind_of(kind)
    return next((one for one in from_year(kind, today.year) if one.voting >= today), None)


def next_merger(today: date) -> Election:
    """The next day on which a *herindeling* would vote, whether or not there is one."""
    by_rule = (election("HERINDELING", year) for year in (today.year, today.year + 1))
    return next(one for one in by_rule if one.voting >= today)


def from_year(kind: Kind, year: int) -> Iterator[Election]:
    years = range(max(year, FIRST_YEAR), LAST_YEAR + 1)
    return (election(kind, one) for one in years if is_held(kind, one))


# The elections of local and regional parties, in the order pages show them.
LOCAL_KINDS = ("GR", "PS", "WS", "ER", "KC", "HERINDELING")


def coming(today: date) -> list[Election]:
    """The next election of each kind that local parties take part in, the first one first."""
    found = [next_election(code, today) for code in LOCAL_KINDS]
    return sorted(filter(None, found), key=lambda one: one.voting)


def group(voting: date) -> list[Election]:
    """The elections with this day of voting: provinces, water boards and islands share theirs."""
    kinds = [KINDS[code] for code in LOCAL_KINDS if is_held(KINDS[code], voting.year)]
    return [one for kind in kinds if (one := election(kind, voting.year)).voting == voting]


def upcoming(
    today: date,
    *,
    situation: str = NEW,
    kinds: Iterable[str] = ("GR", "PS", "WS", "ER", "KC"),
    limit: int | None = None,
) -> list[Moment]:
    """Return what a party in this situation meets next, from today until the new members begin.

    Elections that share a day are one Moment. A *herindeling* concerns one or two places, so it is
    only there when `kinds` asks for it.
    """
    if situation not in ALL_PARTIES:
        raise ValueError(f"unknown situation: {situation}")
    together: dict[tuple[date, str], list[Election]] = {}
    for code in kinds:
        known = from_year(KINDS[code], today.year)
        for one in islice((one for one in known if one.days[-1].date >= today), 1):
            for day in one.days_for(situation):
                if day.date >= today:
                    together.setdefault((day.date, day.name), []).append(one)
    moments = [Moment(ones[0].day(name), tuple(ones)) for (_, name), ones in together.items()]
    return sorted(moments, key=lambda moment: moment.date)[:limit]


def due_now(today: date, *, situation: str = NEW) -> Moment | None:
    """The next day on which the party itself has to have done something."""
    moments = upcoming(today, situation=situation)
    return next((one for one in moments if one.day.who == PARTY and one.day.is_due), None)
