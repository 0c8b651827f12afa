"""Small numbers: what we tell about fewer than five is that they are fewer than five."""

from collections.abc import Mapping

from kennispunt.ui.staff import FEWEST


def told(number: int) -> int | None:
    """The number, or None when it is too small to tell."""
    return number if number >= FEWEST else None


def tellable(counts: Mapping) -> dict:
    """The counts of five and more; what is left together is none, or five and more as well.

    So that nobody finds a small number by subtracting from the total.
    """
    shown = {key: number for key, number in counts.items() if number >= FEWEST}
    while shown and 0 < sum(counts.values()) - sum(shown.values()) < FEWEST:
        del shown[min(shown, key=shown.get)]
    return shown
