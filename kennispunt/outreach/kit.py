"""The kit of a griffier, for one area: two texts to send or open in Word, and a flyer as PDF."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import segno
from django.conf import settings
from django.utils.formats import date_format
from docx import Document
from docx.shared import Pt

from kennispunt.elections.area_elections import contests
from kennispunt.elections.models import Area
from kennispunt.outreach.models import Text
from kennispunt.outreach.plain_text import Line, as_plain_text, lines_of
from kennispunt.pages.references import References
from kennispunt.ui import paper
from kennispunt.ui.cleaning import printable
from kennispunt.ui.dutch import listed
from kennispunt.ui.links import full_address

FLYER = Path(__file__).parent / "flyer.typ"
AHEAD = timedelta(days=548)


class VotingDay(NamedTuple):
    """A coming day of voting in the area, with all that is voted for."""

    names: list[str]
    boards: list[str]  # the water boards the area lies in; a voter votes for one
    register_by: date | None  # None once it is over
    voting: date

    @property
    def sentence(self) -> str:
        names = [*self.names, *self.boards] if len(self.boards) < 2 else [*self.names, ONE_BOARD]
        said = f"Op {date_format(self.voting, 'l j F Y')} stem je voor {listed(names)}."
        if len(self.boards) > 1:
            boards = listed([one.removeprefix("het waterschap ") for one in self.boards], "of")
            said += f" Dat is {boards}: je adres beslist."
        if self.register_by:
            last = date_format(self.register_by, "l j F Y")
            said += f" Een nieuwe partij kan haar naam registreren tot en met {last}."
        return said


ONE_BOARD = "het waterschap waar je woont"


class Message(NamedTuple):
    """A text that is sent as it is, in a mail or a Word document."""

    subject: str
    lines: list[Line]
    dates: list[str]
    close: str

    @property
    def text(self) -> str:
        """To copy, or to open in a mail program."""
        dates = [Line(one, is_item=True) for one in self.dates]
        return as_plain_text([*self.lines, *dates, Line(self.close)])

    @property
    def mailto(self) -> str:
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.text)}"

    @property
    def height(self) -> int:
        """Return how many lines a box needs to show it whole."""
        return self.text.count("\n") + len(self.text) // 70 + 2


class Kit(NamedTuple):
    area: Area
    days: list[VotingDay]
    letter: Message  # to griffiers
    explanation: Message  # to parties
    flyer: list[Line]
    short_address: str


def short_address(area: Area) -> str:
    """Return the address that people type: kennispunt.example/g/assen"""
    return full_address("outreach:short", area.slug)


def code_address(area: Area) -> str:
    """Return the address in the QR code: the official code, as names change and flyers stay."""
    return full_address("outreach:short", area.code.lower())


def lines(slug: str, references: References) -> list[Line]:
    """The lines of a text that editors keep; none when it is not there."""
    found = Text.objects.filter(slug=slug).first()
    return lines_of(found.body, references) if found else []


def kit_for(area: Area, today: date) -> Kit:
    """All that the letter, the explanation and the flyer of this area say."""
    references, address, days = References(today), short_address(area), voting_days(area, today)
    dates = [day.sentence for day in days]
    return Kit(
        area=area,
        days=days,
        letter=Message(
            "Het Kennispunt en de lokale partijen in je raad",
            lines("brief", references),
            dates,
            f"Kort adres: {address}",
        ),
        explanation=Message(
            "Hulp voor lokale partijen",
            lines("uitleg", references),
            dates,
            f"Kijk op {address}",
        ),
        flyer=lines("flyer", references),
        short_address=address,
    )


def voting_days(area: Area, today: date) -> list[VotingDay]:
    """The next days of voting in the area, those of the coming year and a half; at least one."""
    found: dict[date, VotingDay] = {}
    for contest in contests(area, today):
        election = contest.election
        register = election.day("registratie").date
        day = found.setdefault(
            election.voting,
            VotingDay([], [], register if register >= today else None, election.voting),
        )
        names = day.boards if election.kind.code == "WS" else day.names
        names.append(f"{election.kind.body} {contest.area.name}")
    soon = [day for day in found.values() if day.voting <= today + AHEAD]
    return soon or list(found.values())[:1]


def docx(message: Message) -> bytes:
    """A message as a Word document that can be changed."""
    document = Document()
    document.core_properties.title = message.subject
    document.core_properties.author = "Kennispunt Lokale Politieke Partijen"
    document.core_properties.language = "nl-NL"
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(message.subject, 1)
    for line in message.lines:
        document.add_paragraph(printable(line.text), style="List Bullet" if line.is_item else None)
    if message.dates:
        document.add_heading("De komende verkiezingen", 2)
        for one in message.dates:
            document.add_paragraph(one, style="List Bullet")
    document.add_paragraph(message.close)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def flyer(kit: Kit) -> bytes:
    """One A4 as a PDF that a screen reader can read, with the short address as QR code."""
    code = io.BytesIO()
    segno.make(code_address(kit.area), error="m").save(code, kind="svg", border=0, dark="#14282b")
    said = {
        "area": kit.area.name,
        # No line ends within "'s-Hertogenbosch" after its first two signs.
        "whereabouts": kit.area.whereabouts.replace("'s-", "'s\u2011"),
        "lead": [one.text for one in kit.flyer if not one.is_item],
        "items": [one.text for one in kit.flyer if one.is_item],
        "dates": kit.explanation.dates,
        "address": kit.short_address,
        "shown_address": kit.short_address.partition("://")[2].rstrip("/"),
        "contact": settings.CONTACT_EMAIL,
    }
    return paper.pdf(FLYER.read_bytes(), said, files={"code.svg": code.getvalue()})
