"""The kinds of mail that there are. Each app registers its own, in apps.py:

    kinds.register("forum.week", "Deze week op het forum", "Eén mail per week.", default=False)
    kinds.register("trainings", "Je trainingen", "Plek, herinnering, wijziging.",
                   why="Deze mails horen bij de plek die je nam.")

With `why` it belongs to a service somebody asked for, and cannot be switched off. The purpose of a
mail belongs to a kind when it has the same name or begins with it: "trainings.reminder".
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    name: str
    title: str
    text: str
    why: str = ""  # why it cannot be switched off
    default: bool = True
    of_staff: bool = False  # others never get it, and are not asked

    @property
    def optional(self) -> bool:
        return not self.why


_kinds: dict[str, Kind] = {}
_words: dict[str, str] = {}  # of mail that is nobody's to choose: between us, to offices


def register(
    name: str, title: str, text: str, *, why: str = "", default: bool = True, of_staff: bool = False
) -> None:
    """Add a kind of mail; the words are shown at /mijn/mail/, `of_staff` to the staff alone."""
    _kinds[name] = Kind(name, title, text, why, default, of_staff)


def name(purpose: str, words: str) -> None:
    """Say what the staff call this mail in its lists."""
    _words[purpose] = words


def in_words(purpose: str) -> str:
    """A purpose as the staff reads it; the purpose itself when nobody named it."""
    kind = of(purpose)
    return _words.get(purpose) or (kind.title if kind else purpose)


def every() -> list[Kind]:
    """All kinds: what one can choose first, then by title."""
    return sorted(_kinds.values(), key=lambda kind: (not kind.optional, kind.title))


def of(purpose: str) -> Kind | None:
    """The kind that a purpose belongs to, the most precise one; None when nobody registered it."""
    parts = purpose.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((_kinds[name] for name in names if name in _kinds), None)
