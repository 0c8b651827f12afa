"""Every number of this app: when a wish waits for us, how much one may ask, how long we keep.

docs/privacy.md explains the last; retention.py keeps it.
"""

from dataclasses import dataclass
from datetime import date

WISH_THRESHOLD = 5  # so many parties with one wish, and the desk looks for a day
REQUESTS_AT_ONCE = 3  # made-to-measure requests of one party that wait for us
VOTES_EACH = 3  # themes that a party may choose for the programme of a year
VOTE_CLOSES = (12, 15)  # month and day, in the year before; it opens on 1 January

KEEP_DAYS = {
    "wish": 365,  # that nothing came of
    "dealt_with": 90,  # a wish after the proposal, a request after the answer
}


@dataclass(frozen=True)
class Vote:
    """The vote on themes for the programme of a year."""

    year: int
    opens: date
    closes: date  # the last day

    def is_open(self, on: date) -> bool:
        return self.opens <= on <= self.closes


def vote_on(day: date) -> Vote:
    """The vote of this year, about the next: open, or closed until 1 January."""
    return Vote(day.year + 1, date(day.year, 1, 1), date(day.year, *VOTE_CLOSES))
