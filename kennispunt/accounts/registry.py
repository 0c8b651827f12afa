"""Download my data and delete me: every app that keeps something of a person registers its part.

# kennispunt/parties/apps.py, in ready()
registry.register("partijen", export=mandates_of, erase=forget_mandates_of)
"""

from collections.abc import Callable

from kennispunt.accounts.models import User

_parts: dict[str, tuple[Callable, Callable]] = {}


def register(name: str, *, export: Callable[[User], object], erase: Callable[[User], None]):
    """Add a part. `export` gives what JSON can hold; `erase` runs in the transaction of all."""
    _parts[name] = (export, erase)


def export(user: User) -> dict[str, object]:
    """All that we have of this person, by the name of the part."""
    return {name: of_part(user) for name, (of_part, _) in _parts.items()}


def erase(user: User) -> None:
    """Let every part forget this person, the latest registered first."""
    for _, of_part in reversed(_parts.values()):
        of_part(user)
