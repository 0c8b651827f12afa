"""Small things of Dutch that a sentence needs: a list of names, one or several, a day."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format


def listed(words: Iterable, last: str = "en") -> str:
    """ "a", "a en b", "a, b en c"; "" for none. `last`: the word before the last, such as "of"."""
    *most, end = [str(word) for word in words] or [""]
    return f"{', '.join(most)} {last} {end}" if most else end


def counted(number: int, one: str, several: str) -> str:
    """The number and its word: "1 mail is", "0 mails zijn", "1.200 mails zijn"."""
    return f"{number:,}".replace(",", ".") + f" {one if number == 1 else several}"


def date_in_words(day: date | None) -> str:
    """ "3 mei 2026"; "" for no day."""
    return date_format(day, "j F Y") if day else ""
