"""Dutch clock time: a day and an hour as the desk types them, as a moment.

A clock jumps in March and repeats an hour in October; two Dutch times are therefore compared as
moments (UTC), never as clock times.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.timezone import get_current_timezone, localtime

LONGEST = timedelta(hours=12)

Meeting = tuple[datetime, datetime]  # begins, ends


def hour_of(moment: datetime) -> str:
    """Return what the Dutch clock shows at this moment: "19.30 uur"."""
    return f"{localtime(moment):%H.%M} uur"


def showings(day: date, hour: time) -> list[datetime]:
    """Every moment at which the Dutch clock shows this: one; in October two, in March none."""
    shown = datetime.combine(day, hour)
    moments = {
        shown.replace(tzinfo=get_current_timezone(), fold=fold).astimezone(UTC) for fold in (0, 1)
    }
    return sorted(one for one in moments if localtime(one).replace(tzinfo=None, fold=0) == shown)


def at(day: date, hour: time) -> datetime:
    """The first moment at which the Dutch clock shows this. ValidationError when it never does."""
    found = showings(day, hour)
    if not found:
        raise ValidationError("Deze tijd bestaat niet: die nacht gaat de klok vooruit.")
    return found[0]


def meeting(day: date, begins: time, ends: time) -> Meeting:
    """A meeting of that evening. It ends the first time that the clock shows `ends` after it
    begins: perhaps past midnight. ValidationError when that is longer than twelve hours.
    """
    start = at(day, begins)
    ways = [*showings(day, ends), *showings(day + timedelta(days=1), ends)]
    end = next((one for one in ways if one > start), None)
    if end is None:
        raise ValidationError("Deze eindtijd bestaat niet: die nacht gaat de klok vooruit.")
    if end - start > LONGEST:
        raise ValidationError("Dit duurt langer dan 12 uur. Kijk de tijden na.")
    return start, end


def shifted(meetings: list[Meeting], to: date) -> list[Meeting]:
    """The same meetings with the first one on this day: as many days later, at the same hours."""
    first = localtime(meetings[0][0]).date()
    moved = []
    for start, end in meetings:
        start, end = localtime(start), localtime(end)
        moved.append(meeting(to + (start.date() - first), start.time(), end.time()))
    return moved


def moved_along(moment: datetime | None, days: timedelta) -> datetime | None:
    """This moment so many days later, at the same hour of the Dutch clock."""
    if moment is None:
        return None
    shown = localtime(moment)
    return at(shown.date() + days, shown.time())
