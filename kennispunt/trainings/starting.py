"""The beginning of a new edition: a copy of another, or what an app above us knows of.

starting.register("wens", for_wish)  # in apps.py: ?wens=7 begins with for_wish(7)
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.timezone import localtime

from kennispunt.trainings.actions.editions import COPIED
from kennispunt.trainings.models import Edition
from kennispunt.ui.cleaning import row_number

ONLINE = "online"  # as the form calls it


@dataclass
class Start:
    """An edition that is not there yet, and the other things that the form shows."""

    edition: Edition = field(default_factory=Edition)
    initial: dict = field(default_factory=dict)
    source: Edition | None = None
    beside: str = ""  # HTML that stands above the form: where it came from


_starts: dict[str, Callable[[int], Start | None]] = {}


def register(word: str, start: Callable[[int], Start | None]) -> None:
    """Begin with what this function makes of the number in ?word=…; None: there is no such row."""
    _starts[word] = start


def of(query) -> Start:
    """Return what the address asks for: ?van=…, or a registered word; anything else is empty."""
    for word, start in _starts.items():
        number = row_number(query.get(word, ""))
        if number and (begun := start(number)):
            return begun
    return Start()


def copy_of(number: int) -> Start | None:
    """Everything of this edition but the days."""
    source = Edition.objects.select_related("training", "room").filter(pk=number).first()
    if source is None:
        return None
    edition = Edition(**{name: getattr(source, name) for name in COPIED})
    edition.trainer, edition.online_link = source.trainer, source.online_link
    initial = {"where": ONLINE if source.room is None else str(source.room_id)}
    if first := source.meetings.first():
        initial["0-begins"] = localtime(first.starts_at).time()
        initial["0-ends"] = localtime(first.ends_at).time()
    return Start(edition, initial, source=source)


register("van", copy_of)
