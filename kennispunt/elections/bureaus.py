"""The central electoral bureau of each province, water board and public body, and kieskringen.

data/bureaus.toml says what we found where, and of which year. Nothing here is certain for the next
election: the bureau itself announces the place three weeks before nomination (Kieswet H 1).
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

DATA = Path(__file__).parent / "data" / "bureaus.toml"


@dataclass(frozen=True, slots=True)
class Kieskring:
    """One constituency of a province. Without areas: every gemeente that the others leave."""

    name: str
    areas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Bureau:
    """The place of one electoral bureau, as far as a page told us; `web` is always there."""

    web: str
    seat: str = ""
    visit: str = ""
    post: str = ""
    phone: str = ""
    mail: str = ""
    source: str = ""
    year: int | None = None
    kieskringen: tuple[Kieskring, ...] = ()

    @property
    def ways(self) -> SafeString:
        """The address, post, phone and mail that we know, on one line; "" when we know none."""
        found = [
            self.visit and format_html("{}", self.visit),
            self.post and format_html("post: {}", self.post),
            self.phone and format_html('<a href="tel:{}">{}</a>', dialled(self.phone), self.phone),
            self.mail and format_html('<a href="mailto:{0}">{0}</a>', self.mail),
        ]
        return joined(found)

    @property
    def line(self) -> SafeString:
        """All of it for in a text: the gemeente, the ways to reach it, their year, the own site."""
        parts = [
            self.seat if self.seat not in self.visit + self.post else "",
            self.ways and format_html("{} ({})", self.ways, self.year),
            format_html('<a href="{}">{}</a>', self.web, site(self.web)),
        ]
        return joined(parts)


def joined(parts) -> SafeString:
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def dialled(phone: str) -> str:
    return re.sub(r"[^\d+]", "", phone)


def site(address: str) -> str:
    """The name of a site: www.leeuwarden.nl/verkiezingen/ is leeuwarden.nl."""
    return re.sub(r"^https?://(www\.)?|/.*$", "", address)


@cache
def bureaus() -> dict[str, Bureau]:
    """Every bureau of the file, by the code of its area."""
    rows = tomllib.loads(DATA.read_text("utf-8"))
    del rows["checked"]
    return {code: bureau_of(dict(row)) for code, row in rows.items()}


def bureau_of(row: dict) -> Bureau:
    rings = tuple(
        Kieskring(ring["name"], frozenset(ring.get("areas", "").split()))
        for ring in row.pop("kieskring", ())
    )
    return Bureau(**row, kieskringen=rings)


def kieskring(province: str, gemeente: str) -> Kieskring | None:
    """In which kieskring a gemeente lies, by code; None in a province that has only one."""
    rings = bureaus()[province].kieskringen
    rest = next((ring for ring in rings if not ring.areas), None)
    return next((ring for ring in rings if gemeente in ring.areas), rest)
