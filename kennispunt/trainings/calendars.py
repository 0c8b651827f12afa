"""Trainings for a calendar program (iCalendar, RFC 5545 and 5546): the agenda, and one invitation.

An event of a mail names training, time and place; nothing of a person or a party. Its UID never
changes and SEQUENCE goes up with every change, so a moved training moves in the calendar too.

Written as the large programs read it, not only as the standard allows: of a time zone they take one
winter and one summer time with a rule (Outlook and ical.js pass over lists of dates), and of a
request they take one UID (which is also RFC 5546, 3.2.2).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.timezone import get_current_timezone, localtime
from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress

from kennispunt.mail.send import Attachment
from kennispunt.trainings.models import Edition, Meeting
from kennispunt.ui.links import full_address

DOMAIN = "trainingen.kennispunt"  # names the agenda, not a host: it stays when the site moves

# Summer time as it is since 1996 (Directive 2000/84/EC, articles 2 and 3), and until it is ended.
ZONE = f"""BEGIN:VTIMEZONE
TZID:{settings.TIME_ZONE}
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


def agenda(title: str, editions: Iterable[Edition]) -> bytes:
    """The public agenda, to subscribe to. Editions with training, room and meetings."""
    calendar = new(title, "PUBLISH")
    calendar.add("refresh-interval", timedelta(hours=12), {"value": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for edition in editions:
        for meeting in edition.meetings.all():
            calendar.add_component(event(edition, meeting))
    return calendar.to_ical()


def invitations(
    edition: Edition, *, of: int, to: str, cancelled: bool = False,
    meetings: Iterable[Meeting] | None = None,
) -> list[Attachment]:  # fmt: skip
    """Return the files for a mail: each meeting of sign-up `of` for a calendar, or that it is off.

    All meetings, or these. A file for each: of a request with two, programs take only the first.
    """
    method = "CANCEL" if cancelled else "REQUEST"
    found = list(edition.meetings.all() if meetings is None else meetings)
    made = []
    for number, meeting in enumerate(found, start=1):
        calendar = new(edition.training.title, method)
        calendar.add_component(appointment(edition, meeting, of=of, to=to, cancelled=cancelled))
        name = "vervallen" if cancelled else "afspraak"
        made.append(
            Attachment(
                f"{name}-{number}.ics" if len(found) > 1 else f"{name}.ics",
                f"text/calendar; charset=utf-8; method={method}",
                calendar.to_ical(),
            )
        )
    return made


def appointment(edition, meeting, *, of, to, cancelled) -> Event:
    """Return one meeting as an event between us and the person who comes, with an alarm."""
    made = event(edition, meeting, of=of, cancelled=cancelled)
    organizer = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    organizer.params["cn"] = settings.MAIL_SENDER_NAME
    made.add("organizer", organizer)
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["partstat"] = "DECLINED" if cancelled else "ACCEPTED"
    made.add("attendee", attendee)
    if not cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta(hours=-2))
        alarm.add("description", edition.training.title)
        made.add_component(alarm)
    return made


def new(title, method):
    calendar = Calendar()
    calendar.add("prodid", "-//Kennispunt//Trainingen//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add_component(Timezone.from_ical(ZONE))
    return calendar


def event(edition: Edition, meeting: Meeting, *, of="", cancelled: bool = False) -> Event:
    """Return one meeting, in Dutch time. `of`: the sign-up; signing up anew makes another."""
    off = cancelled or edition.status == Edition.Status.CANCELLED
    made = Event()
    made.add("uid", f"{edition.pk}-{meeting.pk}{of and f'-{of}'}@{DOMAIN}")
    made.add("sequence", edition.sequence + off)
    made.add("dtstamp", edition.changed_at)
    made.add("last-modified", edition.changed_at)
    made.add("dtstart", local(meeting.starts_at))
    made.add("dtend", local(meeting.ends_at))
    made.add("summary", edition.training.title)
    made.add("location", edition.room.full_address if edition.room else "Online")
    made.add("url", full_address(edition))
    made.add("status", "CANCELLED" if off else "CONFIRMED")
    return made


def local(moment: datetime) -> datetime:
    return localtime(moment, get_current_timezone())
