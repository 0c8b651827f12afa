"""Working days as the election law counts them. Pure functions: no database, no Django.

Kieswet, article Z 12: what falls on a Saturday, a Sunday or a *algemeen erkende feestdag* moves to
the next day that is none of these, also when the period is counted backwards. The holidays are
those of the Algemene termijnenwet, article 3, and the days a royal decree makes equal to them.
"""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from dateutil.easter import easter

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6

with (Path(__file__).parent / "data" / "holidays.toml").open("rb") as file:
    DECREES = tomllib.load(file)["decree"]

DECREED_DAYS = frozenset(day for decree in DECREES for day in decree["days"])
# Until the end of this year we know which days a decree made equal to a holiday.
DECREED_UNTIL = max(decree["until"] for decree in DECREES)


@cache
def holidays(year: int) -> frozenset[date]:
    """Those of the Algemene termijnenwet, article 3, and the days equal to them; 2014 and later."""
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == SUNDAY:
        kings_day -= timedelta(days=1)
    return frozenset(
        {
            date(year, 1, 1),
            sunday - timedelta(days=2),  # Good Friday, equal to a holiday by article 3(2)
            sunday + timedelta(days=1),
            kings_day,
            date(year, 5, 5),
            sunday + timedelta(days=39),  # Ascension
            sunday + timedelta(days=50),  # Whit Monday
            date(year, 12, 25),
            date(year, 12, 26),
        }
        | {day for day in DECREED_DAYS if day.year == year}
    )


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def working_day_from(day: date) -> date:
    """The day itself, or the first working day after it (Kieswet, article Z 12)."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def may_become_holiday(day: date) -> bool:
    """Whether a decree that we do not know yet may make this working day equal to a holiday.

    The decrees we know name only days between a holiday and a weekend.
    """
    if day.year <= DECREED_UNTIL or not is_working_day(day):
        return False
    beside = {MONDAY: timedelta(days=1), FRIDAY: timedelta(days=-1)}.get(day.weekday())
    return beside is not None and not is_working_day(day + beside)


def in_words(day: date) -> str:
    """ "maandag 21 december 2026", without the help of Django."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
