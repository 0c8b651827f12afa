"""Download my data and delete me: every app that keeps something of a person registers its part.

# kennispunt/parties/apps.py, in ready()
registry.register("partijen", export=mandates_of, erase=forget_mandates_of)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from kennispunt.accounts.models import User

_parts: dict[str, tuple[Callable, Callable]] = {}


@dataclass(frozen=True)
class Mine:
    """A line of /mijn/: something of mine in another app. It waits for me, or it is just there."""

    title: str
    address: str
    text: str = ""
    waits: bool = False


_mine: list[Callable[[HttpRequest], Iterable[Mine]]] = []


def register_mine(give: Callable[[HttpRequest], Iterable[Mine]]) -> None:
    """Ask this function what stands on /mijn/ for the person who is signed in."""
    _mine.append(give)


def mine(request: HttpRequest) -> list[Mine]:
    """All lines, what waits for the reader first."""
    found = [line for give in _mine for line in give(request)]
    return sorted(found, key=lambda line: not line.waits)


def register(name: str, *, export: Callable[[User], object], erase: Callable[[User], None]):
    """Add a part. `export` gives what JSON can hold; `erase` runs in the transaction of all."""
    _parts[name] = (export, erase)


def export(user: User) -> dict[str, object]:
    """All that we have of this person, by the name of the part."""
    return {name: of_part(user) for name, (of_part, _) in _parts.items()}


def erase(user: User) -> None:
    """Let every part forget this person, from the top of the house down.

    What stands above may write to what stands below while it forgets: a place that is given up is
    told by mail. So what keeps that, forgets after it; within one app the latest registered last.
    """
    for name in parts():
        _parts[name][1](user)


def parts() -> list[str]:
    """The names of all parts, in the order in which they forget."""
    depth = {app: depth for depth, layer in enumerate(settings.LAYERS) for app in layer}
    return sorted(_parts, key=lambda name: depth[_parts[name][1].__module__.split(".")[1]])
