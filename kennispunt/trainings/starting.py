"""What a new edition begins with: a copy of another, a wish of parties, or a request of one."""

from dataclasses import dataclass, field

from django.utils.timezone import localtime

from kennispunt.trainings.actions.editions import COPIED
from kennispunt.trainings.models import CustomRequest, Edition, Wish
from kennispunt.ui.cleaning import row_number

ONLINE = "online"  # as the form calls it


@dataclass
class Start:
    """An edition that is not there yet, what else the form shows, and where it came from."""

    edition: Edition = field(default_factory=Edition)
    initial: dict = field(default_factory=dict)
    source: Edition | None = None
    wish: Wish | None = None
    asked: CustomRequest | None = None


def of(query) -> Start:
    """What the address asks for: ?van=…, ?wens=… or ?maatwerk=…; anything else is empty."""
    if source := found(Edition.objects.select_related("training", "room"), query.get("van", "")):
        return copy_of(source)
    if wish := found(Wish.objects.select_related("theme", "region"), query.get("wens", "")):
        return for_wish(wish)
    if asked := found(CustomRequest.objects.select_related("town"), query.get("maatwerk", "")):
        return for_request(asked)
    return Start()


def found(rows, key):
    number = row_number(key)
    return rows.filter(pk=number).first() if number else None


def copy_of(source: Edition) -> Start:
    """Everything but the days."""
    edition = Edition(**{name: getattr(source, name) for name in COPIED})
    edition.trainer, edition.online_link = source.trainer, source.online_link
    initial = {"where": ONLINE if source.room is None else str(source.room_id)}
    if first := source.meetings.first():
        initial["0-begins"] = localtime(first.starts_at).time()
        initial["0-ends"] = localtime(first.ends_at).time()
    return Start(edition, initial, source=source)


def for_wish(wish: Wish) -> Start:
    """The training of its theme, when there is one. What parties wrote stands beside it."""
    return Start(Edition(**the_one_training(wish.theme)), wish=wish)


def the_one_training(theme) -> dict:
    offered = list(theme.trainings.filter(is_offered=True)[:2])
    return {"training": offered[0]} if len(offered) == 1 else {}


def for_request(asked: CustomRequest) -> Start:
    """All who want it are of one party, so all places may go to that party."""
    number = max(1, asked.people)
    edition = Edition(places=number, minimum=1, max_per_party=number)
    return Start(edition, asked=asked)
