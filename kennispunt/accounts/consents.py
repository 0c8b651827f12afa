"""Consents that people gave and can take back on /mijn/. An app registers what it was told.

# kennispunt/parties/apps.py, in ready()
consents.register("partij", given=consents_of, withdraw=withdraw_consent)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from kennispunt.accounts.models import User


@dataclass(frozen=True)
class Consent:
    """One yes of one person, in their words, and what happens when they take it back."""

    key: str  # known to the app alone
    title: str  # "Je naam bij Asser Kring op de site"
    since: datetime
    when_withdrawn: str  # "Je naam verdwijnt dan van de site."


_apps: dict[str, tuple[Callable, Callable]] = {}


def register(
    name: str,
    *,
    given: Callable[[User], Iterable[Consent]],
    withdraw: Callable[[User, str], bool],
) -> None:
    """`withdraw(user, key)` takes it back at once, and is False when this person never gave it."""
    _apps[name] = (given, withdraw)


def of(user: User) -> list[tuple[str, Consent]]:
    """All that this person said yes to, each with the name of the app that knows of it."""
    return [(name, consent) for name, (given, _) in _apps.items() for consent in given(user)]


def withdraw(user: User, *, name: str, key: str) -> bool:
    """Take one back. False when there is no such yes of this person."""
    return name in _apps and _apps[name][1](user, key)
