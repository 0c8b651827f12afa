"""The calendar against what official pages published, and against what must always hold."""

import json
from datetime import date, timedelta
from hashlib import sha256

import pytest
from dateutil.easter import easter
from hypothesis import given
from hypothesis import strategies as st

from kennispunt.elections.calendar import (
    DAY_NAMES,
    FIRST_YEAR,
    KINDS,
    LAST_YEAR,
    NoElection,
    coming,
    decreed,
    due_now,
    election,
    group,
    has_rule,
    kind_of,
    name_appeal,
    next_election,
    regular_nomination,
    upcoming,
)
from kennispunt.elections.working_days import (
    holidays,
    is_working_day,
    may_become_holiday,
    working_day_from,
)

YEARS = st.integers(FIRST_YEAR, LAST_YEAR)
EVERY_ELECTION = [
    (code, year)
    for code, kind in KINDS.items()
    for year in range(FIRST_YEAR, LAST_YEAR + 1)
    if has_rule(kind, year)
]
TODAY = date(2026, 11, 24)

# Every date of the fact sheet, sections 4.3 and 4.4: election, day, date. What an official page
# published comes first; the others were computed by hand.
PUBLISHED = """
GR 2018 registratie 2017-12-27          GR 2018 steun-start 2018-01-22
GR 2018 steun-eind 2018-02-05           GR 2018 waarborgsom 2018-01-22
GR 2018 kandidaatstelling 2018-02-05    GR 2018 besloten-zitting 2018-02-06
GR 2018 openbare-zitting 2018-02-09     GR 2018 stemming 2018-03-21
GR 2018 uitslag 2018-03-23              GR 2018 aftreden 2018-03-29
PS 2019 waarborgsom 2019-01-21          PS 2019 kandidaatstelling 2019-02-04
PS 2019 openbare-zitting 2019-02-08     PS 2019 beroep-lijst 2019-02-12
PS 2019 uitspraak 2019-02-18            PS 2019 stemming 2019-03-20
GR 2022 registratie 2021-12-20          GR 2022 waarborgsom 2022-01-17
GR 2022 kandidaatstelling 2022-01-31    GR 2022 besloten-zitting 2022-02-01
GR 2022 herstel-start 2022-02-02        GR 2022 herstel-eind 2022-02-03
GR 2022 openbare-zitting 2022-02-04     GR 2022 beroep-lijst 2022-02-08
GR 2022 steun-start 2022-01-03          GR 2022 steun-eind 2022-01-31
GR 2022 stemming 2022-03-16             GR 2022 uitslag 2022-03-21
GR 2022 aftreden 2022-03-30
PS 2023 registratie 2022-12-19          PS 2023 doorwerking 2022-12-21
PS 2023 waarborgsom 2023-01-16          PS 2023 kandidaatstelling 2023-01-30
PS 2023 openbare-zitting 2023-02-03     PS 2023 beroep-lijst 2023-02-07
PS 2023 uitspraak 2023-02-13            PS 2023 stemming 2023-03-15
PS 2023 uitslag 2023-03-23              PS 2023 aftreden 2023-03-29
TK 2021 kandidaatstelling 2021-02-01    TK 2021 herstel-eind 2021-02-04
TK 2021 openbare-zitting 2021-02-05     TK 2021 beroep-lijst 2021-02-09
TK 2025 registratie 2025-08-04          TK 2025 waarborgsom 2025-09-01
TK 2025 kandidaatstelling 2025-09-15    TK 2025 openbare-zitting 2025-09-19
TK 2025 stemming 2025-10-29
HERINDELING 2021 registratie 2021-08-30 HERINDELING 2021 kandidaatstelling 2021-10-11
HERINDELING 2021 stemming 2021-11-24    HERINDELING 2022 doorwerking 2022-08-31
HERINDELING 2022 kandidaatstelling 2022-10-10 HERINDELING 2022 stemming 2022-11-23
GR 2026 registratie 2025-12-22          GR 2026 waarborgsom 2026-01-19
GR 2026 steun-start 2026-01-19          GR 2026 steun-eind 2026-02-02
GR 2026 kandidaatstelling 2026-02-02    GR 2026 besloten-zitting 2026-02-03
GR 2026 herstel-start 2026-02-04        GR 2026 herstel-eind 2026-02-05
GR 2026 openbare-zitting 2026-02-06     GR 2026 stemming 2026-03-18
GR 2026 uitslag 2026-03-26              GR 2026 benoemingsbrief 2026-03-27
GR 2026 aftreden 2026-04-01
"""
COMPUTED_BY_HAND = """
HERINDELING 2026 registratie 2026-08-24 HERINDELING 2026 waarborgsom 2026-09-21
HERINDELING 2026 kandidaatstelling 2026-10-05 HERINDELING 2026 openbare-zitting 2026-10-09
HERINDELING 2026 stemming 2026-11-18    HERINDELING 2026 aftreden 2027-01-01
HERINDELING 2027 registratie 2027-08-30 HERINDELING 2027 waarborgsom 2027-09-27
HERINDELING 2027 kandidaatstelling 2027-10-11 HERINDELING 2027 openbare-zitting 2027-10-15
HERINDELING 2027 stemming 2027-11-24    HERINDELING 2027 aftreden 2028-01-01
EP 2029 registratie 2029-03-13          EP 2029 waarborgsom 2029-04-10
EP 2029 kandidaatstelling 2029-04-24    EP 2029 openbare-zitting 2029-04-30
EP 2029 stemming 2029-06-07
GR 2030 registratie 2029-12-24          GR 2030 doorwerking 2029-12-27
GR 2030 waarborgsom 2030-01-21          GR 2030 kandidaatstelling 2030-02-04
GR 2030 openbare-zitting 2030-02-08     GR 2030 stemming 2030-03-20
GR 2030 aftreden 2030-04-03
TK 2030 registratie 2030-02-18          TK 2030 waarborgsom 2030-03-18
TK 2030 kandidaatstelling 2030-04-01    TK 2030 openbare-zitting 2030-04-05
TK 2030 stemming 2030-05-15             TK 2030 aftreden 2030-05-29
PS 2031 registratie 2030-12-23          PS 2031 waarborgsom 2031-01-20
PS 2031 kandidaatstelling 2031-02-03    PS 2031 openbare-zitting 2031-02-07
PS 2031 stemming 2031-03-19             PS 2031 aftreden 2031-04-02
"""
IN_2027 = """
registratie 2026-12-21    aankondiging 2027-01-11     waarborgsom 2027-01-18
steun-start 2027-01-18    steun-eind 2027-02-01       kandidaatstelling 2027-02-01
besloten-zitting 2027-02-02 herstel-start 2027-02-03  herstel-eind 2027-02-04
openbare-zitting 2027-02-05 beroep-lijst 2027-02-09   uitspraak 2027-02-15
stemming 2027-03-17       uitslag 2027-03-25          aftreden 2027-03-31
"""


def rows(text, size):
    words = text.split()
    return [tuple(words[i : i + size]) for i in range(0, len(words), size)]


@pytest.mark.parametrize(
    ("code", "year", "name", "expected"), rows(PUBLISHED + COMPUTED_BY_HAND, 4)
)
def test_dates_are_those_of_the_fact_sheet(code, year, name, expected):
    assert str(election(code, int(year)).day(name).date) == expected


@pytest.mark.parametrize("code", ["PS", "WS", "ER", "KC"])
@pytest.mark.parametrize(("name", "expected"), rows(IN_2027, 2))
def test_every_line_of_17_march_2027(code, name, expected):
    assert str(election(code, 2027).day(name).date) == expected


def test_names_that_carry_over_in_2027():
    for code in ("PS", "WS", "KC"):
        assert election(code, 2027).day("doorwerking").date == date(2026, 12, 23)
        assert election(code, 2027).day("doorwerking-besluit").date == date(2027, 1, 6)


def test_hours_of_2027_and_of_the_years_that_were_different():
    day = election("PS", 2027).day
    assert day("kandidaatstelling").hour == "09:00-17:00"
    assert day("besloten-zitting").hour == "16:00"
    assert day("herstel-eind").hour == "09:00-17:00"
    assert day("openbare-zitting").hour == "17:00"
    assert day("stemming").hour == "07:30-21:00"

    sessions = {year: election("GR", year).day("openbare-zitting") for year in range(2014, 2027, 4)}
    assert {year: session.hour for year, session in sessions.items()} == {
        2014: "",
        2018: "16:00",
        2022: "10:00",
        2026: "17:00",
    }


def test_known_exception_the_last_day_of_2019_was_published_before_the_one_the_law_gives():
    by_law = working_day_from(election("WS", 2019).nomination - timedelta(days=42))
    shown = election("WS", 2019).day("registratie")

    assert (by_law, shown.date) == (date(2018, 12, 27), date(2018, 12, 24))
    assert "27 december" in shown.note


def test_where_a_decree_may_still_come_the_earlier_day_is_shown_and_says_why():
    note = election("GR", 2030).day("registratie").note

    assert "Maandag 24 december 2029 kan nog een vrije dag worden" in note
    assert "donderdag 27 december 2029" in note


def test_the_letter_of_2027_moves_past_easter_but_we_count_from_the_earliest_letter():
    days = election("PS", 2027).day

    assert days("benoemingsbrief").date == date(2027, 3, 30)  # 26 March is Good Friday
    assert days("aannemen").date == date(2027, 4, 5)


def test_handing_in_moves_off_easter_monday_and_the_days_counted_from_it_do_not():
    chamber = election("TK", 2086)

    assert chamber.nomination == easter(2086) + timedelta(days=1)
    assert chamber.day("kandidaatstelling").date == chamber.nomination + timedelta(days=1)
    assert chamber.day("stemming").date == chamber.nomination + timedelta(days=44)


def test_only_what_an_official_page_named_is_called_confirmed():
    assert election("GR", 2026).confirmed
    assert not election("PS", 2027).confirmed
    assert election("EP", 2029).day("stemming").certainty == "laag"
    assert election("HERINDELING", 2027).day("stemming").certainty == "middel"


# Published for a free day, and the first of January on which a new gemeente begins.
ON_A_FREE_DAY = {(code, 2019): {"registratie"} for code in ("PS", "WS", "ER", "KC")} | {
    ("HERINDELING", year): {"aftreden"} for year in range(FIRST_YEAR, LAST_YEAR + 1)
}


# --- What must hold in every year ---------------------------------------------------------------


@given(YEARS)
def test_nomination_is_a_monday_around_the_first_of_february_and_voting_a_wednesday(year):
    nomination = regular_nomination(year)

    assert nomination.weekday() == 0
    assert date(year, 1, 30) <= nomination <= date(year, 2, 6)
    assert (nomination + timedelta(days=44)).weekday() == 2
    assert date(year, 3, 15) <= nomination + timedelta(days=44) <= date(year, 3, 21)


@given(YEARS)
def test_a_merger_votes_on_a_wednesday_in_november_before_the_new_year(year):
    merger = election("HERINDELING", year)

    assert merger.nomination.weekday() == 0
    assert date(year, 10, 5) <= merger.nomination <= date(year, 10, 11)
    assert merger.voting.weekday() == 2
    assert merger.day("aftreden").date == date(year + 1, 1, 1)


@given(st.sampled_from(EVERY_ELECTION))
def test_days_stand_in_order_on_working_days_and_each_name_once(which):
    one = election(*which)
    days = list(one.days)

    assert [day.date for day in days] == sorted(day.date for day in days)
    assert len({day.name for day in days}) == len(days)
    free = {day.name for day in days if day.duty.moves and not is_working_day(day.date)}
    assert free <= ON_A_FREE_DAY.get(which, set())


@given(st.sampled_from(EVERY_ELECTION))
def test_one_duty_never_comes_before_the_one_it_waits_for(which):
    one = election(*which)
    order = [
        "registratie", "aankondiging", "waarborgsom", "kandidaatstelling", "besloten-zitting",
        "herstel-start", "herstel-eind", "openbare-zitting", "beroep-lijst", "stemming",
    ]  # fmt: skip
    dates = [one.day(name).date for name in order]

    assert dates == sorted(dates)
    assert one.day("steun-start").date < one.day("steun-eind").date
    assert one.day("registratie").date >= one.nomination - timedelta(days=42)


@given(st.sampled_from(EVERY_ELECTION))
def test_every_day_names_its_article_and_its_certainty(which):
    for day in election(*which).days:
        assert day.article.startswith(("Kieswet", "Wet arhi"))
        assert day.certainty in ("hoog", "middel", "laag")


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
def test_a_working_day_is_never_before_the_day_itself_nor_a_week_after(day):
    working = working_day_from(day)

    assert day <= working <= day + timedelta(days=6)
    assert is_working_day(working)


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
def test_only_a_working_day_can_still_become_a_holiday(day):
    assert not (may_become_holiday(day) and not is_working_day(day))


def test_holidays_of_a_year_we_know():
    assert sorted(holidays(2027)) == [
        date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29), date(2027, 4, 27),
        date(2027, 5, 5), date(2027, 5, 6), date(2027, 5, 7), date(2027, 5, 17),
        date(2027, 12, 25), date(2027, 12, 26),
    ]  # fmt: skip
    assert date(2014, 4, 26) in holidays(2014)  # the 27th was a Sunday


def test_appeal_about_a_name_ends_on_the_sixth_day_or_the_working_day_after():
    assert name_appeal(date(2026, 12, 22)) == date(2026, 12, 28)
    assert name_appeal(date(2026, 12, 19)) == date(2026, 12, 28)  # the 25th, 26th and 27th are free


def test_every_name_that_texts_use_is_a_day_of_a_council_election():
    names = {
        "registratie", "doorwerking", "doorwerking-besluit", "aankondiging", "waarborgsom",
        "steun-start", "kandidaatstelling", "besloten-zitting", "herstel-start", "herstel-eind",
        "openbare-zitting", "beroep-lijst", "uitspraak", "stempas", "stemming", "uitslag",
        "benoemingsbrief", "aannemen", "aftreden",
    }  # fmt: skip

    assert names <= DAY_NAMES
    assert names <= {day.name for day in election("GR", 2030).days}


# --- What a party meets next ---------------------------------------------------------------------


def test_what_is_due_now_is_the_name():
    due = due_now(TODAY)

    assert (due.name, due.date, due.days_left(TODAY)) == ("registratie", date(2026, 12, 21), 27)
    assert [one.kind.code for one in due.elections] == ["PS", "WS", "ER", "KC"]


def test_a_party_with_a_seat_has_no_name_no_deposit_and_no_signatures_to_see_to():
    seated = {moment.name for moment in upcoming(TODAY, situation="zetel")}

    assert {"registratie", "waarborgsom", "steun-start"} <= {m.name for m in upcoming(TODAY)}
    assert not {"registratie", "waarborgsom", "steun-start"} & seated
    assert "kandidaatstelling" in seated


def test_after_the_voting_come_the_days_that_follow_it():
    names = [moment.name for moment in upcoming(date(2027, 3, 18), limit=3)]

    assert names == ["uitslag", "benoemingsbrief", "aftreden"]


def test_coming_elections_are_the_next_of_each_kind():
    assert [one.slug for one in coming(TODAY)] == [
        "provinciale-staten-2027",
        "waterschap-2027",
        "eilandsraad-2027",
        "kiescollege-2027",
        "gemeenteraad-2030",
    ]
    assert [one.kind.code for one in group(date(2027, 3, 17))] == ["PS", "WS", "ER", "KC"]
    assert next_election("EP", date(2029, 6, 8)) is None


def test_on_the_day_itself_it_is_still_due():
    assert due_now(date(2026, 12, 21)).date == date(2026, 12, 21)
    assert due_now(date(2026, 12, 22)).name == "waarborgsom"


# --- What agendas rely on ------------------------------------------------------------------------


def test_a_changed_calendar_has_a_new_revision():
    """Agendas replace an event only when its revision is higher."""
    every = [day.as_dict() for which in EVERY_ELECTION for day in election(*which).days]
    fingerprint = sha256(json.dumps(every).encode()).hexdigest()[:16]

    assert fingerprint == decreed()["fingerprint"], (
        f'in elections.toml set revised to today and fingerprint = "{fingerprint}"'
    )


# --- Bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "year", "says"),
    [
        ("XX", 2027, "Deze soort verkiezing kennen we niet: XX."),
        ("GR", 2027, "Voor de gemeenteraad is er in 2027 geen verkiezing"),
        ("EP", 2034, "of geen regel"),
        ("PS", 2103, "van 2014 tot en met 2100"),
        ("PS", -1, "van 2014 tot en met 2100"),
    ],
)
def test_what_has_no_rule_is_refused_in_one_plain_line(code, year, says):
    with pytest.raises(NoElection, match=says) as problem:
        election(code, year)
    assert "\n" not in str(problem.value)


def test_a_situation_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="unknown situation: oud"):
        upcoming(TODAY, situation="oud")


def test_codes_of_election_files_and_slugs_are_understood():
    assert kind_of("ab") is kind_of("WS") is kind_of("waterschap")
