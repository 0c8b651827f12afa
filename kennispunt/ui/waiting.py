"""What waits for the staff: each app may have a desk.py that says so, and the desk shows all of it.

    # kennispunt/parties/desk.py
    def waiting(user):
        \"\"\"Applications that this person may decide about.\"\"\"
        yield Waiting("aanmelding", "Aanmelding uit Assen", address, since=application.sent_at)

A module's `waiting` gives nothing to who may not do the work. Titles name no person.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Waiting:
    """One line of the work list: what kind of work, where it is done, how long it waits."""

    kind: str  # shown as the filter: "aanmelding", "mail", "tekst"
    title: str
    address: str
    since: datetime
    due: date | None = None  # what must be done before a day comes first
    note: str = ""
    count: int = 1  # several of the same may share one line
