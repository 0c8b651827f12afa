"""Calendar programs of others read our calendars: ical.js (Thunderbird, Nextcloud), dateutil
and icalendar. Read by the letter of the standard alone, an evening of 2027 came an hour late."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from dateutil import tz
from django.utils import timezone
from icalendar import Calendar

from kennispunt.trainings import calendars
from kennispunt.trainings.actions import places
from kennispunt.trainings.models import Edition
from kennispunt.trainings.tests.make import amsterdam, make_edition, sign_up

pytestmark = pytest.mark.django_db

# Winter, summer, both nights in which the clock changes, and far away.
MOMENTS = [
    (2026, 12, 3, 19, 30), (2027, 3, 24, 19, 30), (2027, 3, 28, 10, 0), (2027, 7, 1, 20, 0),
    (2027, 10, 14, 19, 30), (2027, 10, 30, 19, 30), (2027, 10, 31, 10, 0), (2031, 5, 6, 19, 0),
    (2039, 6, 7, 19, 30), (2047, 10, 26, 19, 30),
]  # fmt: skip


def utc(moment) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def files(outbox):
    """The calendars of the last mail, in order: (name, content)."""
    parts = outbox()[-1].parsed.iter_attachments()
    return [
        (one.get_filename(), one.get_payload(decode=True))
        for one in parts
        if one.get_content_type() == "text/calendar"
    ]


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_others_read_the_hour_that_we_mean(thunderbird, moment):
    edition = make_edition(starts_at=amsterdam(*moment))
    [attached] = calendars.invitations(edition, of=1, to="anna@example.org")

    for raw in (attached.content, calendars.agenda("Trainingen", [edition])):
        [read] = thunderbird.read(raw)
        [event] = read["events"]
        assert (event["starts"], event["ends"]) == (utc(edition.starts_at), utc(edition.ends_at))
        assert dateutil_reads(raw) == edition.starts_at
        [known] = Calendar.from_ical(raw).walk("VEVENT")
        assert known.start == edition.starts_at


def dateutil_reads(raw) -> datetime:
    """The first moment, in the zone as the file itself describes it."""
    zone = tz.tzical(StringIO(raw.decode().replace("\r\n ", ""))).get("Europe/Amsterdam")
    [event] = Calendar.from_ical(raw).walk("VEVENT")
    return event["DTSTART"].dt.replace(tzinfo=zone)


def test_a_time_zone_is_one_winter_and_one_summer_with_a_rule(anna, outbox):
    """Outlook passes over lists of dates, and wants one of each."""
    sign_up(make_edition(), anna)
    [(_, raw)] = files(outbox)

    [zone] = Calendar.from_ical(raw).walk("VTIMEZONE")

    assert [part.name for part in zone.subcomponents] == ["STANDARD", "DAYLIGHT"]
    assert all("RRULE" in part and "RDATE" not in part for part in zone.subcomponents)


def test_each_evening_is_a_request_of_its_own(anna, outbox, thunderbird):
    """RFC 5546, 3.2.2: of a request with two UIDs, Outlook takes only the first."""
    edition = make_edition(evenings=3)
    [place] = sign_up(edition, anna)
    asked = thunderbird.read(*(raw for _, raw in files(outbox)))

    assert [name for name, _ in files(outbox)] == [
        "afspraak-1.ics",
        "afspraak-2.ics",
        "afspraak-3.ics",
    ]
    assert [one["method"] for one in asked] == ["REQUEST"] * 3
    assert "voor elke bijeenkomst een afspraak" in outbox()[-1].text

    places.cancel(place)
    off = thunderbird.read(*(raw for _, raw in files(outbox)))

    assert [name for name, _ in files(outbox)] == [
        "vervallen-1.ics",
        "vervallen-2.ics",
        "vervallen-3.ics",
    ]
    assert [one["method"] for one in off] == ["CANCEL"] * 3
    assert [event["uid"] for one in off for event in one["events"]] == [
        event["uid"] for one in asked for event in one["events"]
    ]
    assert {event["status"] for one in off for event in one["events"]} == {"CANCELLED"}


def test_the_public_agenda_is_read_whole(client, thunderbird):
    kept = make_edition(starts_at=amsterdam(2098, 7, 1, 19, 30), evenings=2)
    make_edition(status=Edition.Status.CANCELLED, cancelled_at=timezone.now())

    [read] = thunderbird.read(client.get("/trainingen/agenda.ics").content)

    assert read["method"] == "PUBLISH"
    assert len({event["uid"] for event in read["events"]}) == 3
    moments = [event["starts"] for event in read["events"] if event["status"] == "CONFIRMED"]
    assert moments == [utc(meeting.starts_at) for meeting in kept.meetings.all()]
