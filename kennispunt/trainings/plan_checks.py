"""Concerns about a plan. It warns and never blocks: the desk knows more than we do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localtime

from kennispunt.elections.calendar import coming
from kennispunt.elections.models import Area
from kennispunt.elections.working_days import SUNDAY, holidays, in_words
from kennispunt.office.dutch_clock import hour_of
from kennispunt.trainings.finding import NEAR, kilometres
from kennispunt.trainings.models import CouncilEvening, Edition, Meeting, QuietPeriod, Room
from kennispunt.trainings.periods import CAMPAIGN

EVENING = 18  # o'clock: councils meet after it
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Plan:
    """An edition as it would be: its moments, place and trainer; its `pk` when it is there."""

    meetings: tuple[tuple[datetime, datetime], ...]
    room: Room | None = None
    trainer: object = None  # accounts.User
    places: int = 0
    pk: int | None = None

    @classmethod
    def of(cls, edition: Edition):
        moments = tuple(edition.moments)
        return cls(moments, edition.room, edition.trainer, edition.places, edition.pk)

    @property
    def days(self) -> list[date]:
        return list(dict.fromkeys(localtime(start).date() for start, _ in self.meetings))


def concerns(plan: Plan) -> list[str]:
    """Everything that speaks against this plan, a sentence each, in the order of the days."""
    if not plan.meetings:
        return []
    area = plan.room.area if plan.room else None
    around = neighbours(area, plan.days[0]) if area else []
    others = at_those_days(plan)
    return [
        *on_free_days(plan),
        *in_quiet_periods(plan, area),
        *before_elections(plan),
        *on_council_evenings(plan, area, around),
        *with_others(plan, others),
        *too_small(plan),
    ]


def on_free_days(plan) -> Iterable[str]:
    for day in plan.days:
        if day in holidays(day.year):
            yield f"{in_words(day).capitalize()} is een feestdag."
        elif day.weekday() == SUNDAY:
            yield f"{in_words(day).capitalize()} is een zondag."


def in_quiet_periods(plan, area) -> Iterable[str]:
    """Also for an online edition: people join it from every province."""
    periods = QuietPeriod.objects.filter(
        starts_on__lte=plan.days[-1], ends_on__gte=plan.days[0]
    ).prefetch_related("provinces")
    ours = area and (area.province_id or area.code)
    for one in periods:
        provinces = list(one.provinces.all())
        if area and provinces and ours not in {province.code for province in provinces}:
            continue
        hit = [day for day in plan.days if one.starts_on <= day <= one.ends_on]
        where = f" in {', '.join(str(province) for province in provinces)}" if provinces else ""
        for day in hit:
            yield f"{in_words(day).capitalize()} valt in {one.name}{where}."


def before_elections(plan) -> Iterable[str]:
    """The last weeks of the campaign: candidates have no evening left."""
    for day in plan.days:
        close = [one for one in coming(day) if one.voting - day <= CAMPAIGN]
        # A merger votes in few places, on a day of its own; the calendar names no places.
        titles = [one.title for one in close if one.kind.code != "HERINDELING"]
        if titles:
            weeks = "is de dag van stemmen" if close[0].voting == day else "valt in de campagne"
            yield f"{in_words(day).capitalize()} {weeks}: {', '.join(titles)}."


def on_council_evenings(plan, area, around) -> Iterable[str]:
    if area is None:
        return
    evenings = {
        (localtime(start).date(), localtime(start).isoweekday())
        for start, end in plan.meetings
        if localtime(end).hour >= EVENING or localtime(end).date() > localtime(start).date()
    }
    codes = [area.code, area.province_id, *(one.code for one in around)]
    rows = CouncilEvening.objects.filter(area__in=[code for code in codes if code])
    meets = list(rows.select_related("area"))
    for day, weekday in sorted(evenings):
        names = [one.area for one in meets if one.weekday == weekday]
        if names:
            titles = ", ".join(
                sorted(one.name if one.kind == Area.Kind.GEMEENTE else one.title for one in names)
            )
            yield f"{in_words(day).capitalize()} is raadsavond in: {titles}."


def with_others(plan, others) -> Iterable[str]:
    """The trainer or the room is booked, or another training is near on the same day."""
    said = set()
    for one in others:
        edition, day = one.edition, localtime(one.starts_at).date()
        about = f"{edition.training.title} ({edition.place}, {hour_of(one.starts_at)})"
        at_once = any(start < one.ends_at and one.starts_at < end for start, end in plan.meetings)
        if day not in plan.days and not at_once:
            continue  # of the evening before, until after midnight
        if plan.trainer and edition.trainer_id == plan.trainer.pk:
            when = "op die tijd" if at_once else "die dag"
            sentence = f"De trainer geeft {when} ook: {about}, {in_words(day)}."
        elif plan.room and edition.room_id == plan.room.pk and at_once:
            sentence = f"De zaal is dan bezet: {about}, {in_words(day)}."
        elif is_near(plan.room, edition.room):
            sentence = f"Die dag is dichtbij ook: {about}, {in_words(day)}."
        else:
            continue
        if sentence not in said:
            said.add(sentence)
            yield sentence


def too_small(plan) -> Iterable[str]:
    seats = plan.room.seats if plan.room else None
    if seats and plan.places > seats:
        yield f"De zaal heeft {seats} stoelen, en je geeft {plan.places} plaatsen."


# --- What is around -------------------------------------------------------------------------------


def at_those_days(plan) -> list[Meeting]:
    """Meetings of other editions that go on, on the days of this one. One query."""
    on_a_day = Q()
    for start, end in plan.meetings:
        midnight = localtime(start).replace(hour=0, minute=0, second=0, microsecond=0)
        on_a_day |= Q(starts_at__lt=max(end, midnight + DAY), ends_at__gt=midnight)
    rows = Meeting.objects.filter(on_a_day).exclude(edition__status=Edition.Status.CANCELLED)
    rows = rows.exclude(edition=plan.pk).order_by("starts_at", "pk")
    return list(rows.select_related("edition__training", "edition__room__area"))


def neighbours(area: Area, on: date) -> list[Area]:
    """The municipalities of the same province whose town lies near."""
    if area.province_id is None:
        return []
    rows = Area.objects.municipalities().valid_on(on).filter(province=area.province_id)
    return [one for one in rows if one.pk != area.pk and within(kilometres(area, one))]


def is_near(room: Room | None, other: Room | None) -> bool:
    if room is None or other is None:
        return False
    return room.area_id == other.area_id or within(kilometres(room.area, other.area))


def within(far: float | None) -> bool:
    return far is not None and far <= NEAR
