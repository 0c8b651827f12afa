"""Answers from somebody's calendar to an appointment that we sent (iTIP: RFC 5546, 3.2.3).

A calendar says yes for people who only put it in there, and no for people who clear their week. So
it is never more than a reason to keep it as read, or to ask.
"""

import re
from dataclasses import dataclass

from icalendar import Calendar

from kennispunt.mail.parsing import Message

LARGEST = 200_000  # bytes


@dataclass(frozen=True)
class Reply:
    """An answer of a calendar: ACCEPTED, DECLINED, TENTATIVE; or COUNTER, another time."""

    uid: str
    answer: str
    words: str = ""  # what a person wrote with it

    @property
    def keeps(self) -> bool:
        """Nothing changes, and nobody wrote anything."""
        return self.answer in {"ACCEPTED", "TENTATIVE"} and not self.words


# The first line with which calendars themselves tell about an answer.
_SAID_BY_PROGRAM = re.compile(
    r".{0,200}\b(?:geaccepteerd|aanvaard|geweigerd|afgewezen|afgeslagen|voorlopig"
    r"|heeft misschien|accepted|declined|tentative(?:ly)?)\b.{0,200}",
    re.IGNORECASE,
)


def reply(message: Message) -> Reply | None:
    """The answer of a calendar; None when this is none, or cannot be read."""
    for file in message.attachments:
        is_one = file.content_type in {"text/calendar", "application/ics"}
        if (is_one or file.name.lower().endswith(".ics")) and len(file.content) <= LARGEST:
            found = _read(file.content, message)
            if found:
                return found
    return None


def _read(content, message):
    try:
        calendar = Calendar.from_ical(content)
        method = str(calendar.get("METHOD") or message.calendar_method).upper()
        [event, *_] = calendar.walk("VEVENT")
        uid, answer = str(event.get("UID", "")), _answer(event)
        comment = str(event.get("COMMENT") or "").strip()
    except Exception:  # whatever a stranger's calendar makes of it: a person reads the mail
        return None
    if method not in {"REPLY", "COUNTER"}:
        return None
    return Reply(uid, answer if method == "REPLY" else method, comment or _words(message))


def _answer(event):
    people = event.get("ATTENDEE", [])
    people = people if isinstance(people, list) else [people]
    answers = {str(one.params.get("PARTSTAT", "")).upper() for one in people}
    return answers.pop() if len(answers) == 1 else ""


def _words(message):
    """Return the words that came with it: none when a program tells what the calendar says."""
    body = message.body.strip()
    return "" if _SAID_BY_PROGRAM.fullmatch(body.partition("\n")[0]) else body
