"""Small numbers: of fewer than five people or parties we tell that they are fewer.

A public page, a file that goes elsewhere and the figures of the desk all ask here.
"""

from collections.abc import Mapping

FEWEST = 5


def told(number: int) -> int | None:
    """The number, or None when it is too small to tell."""
    return number if number >= FEWEST else None


def tellable(counts: Mapping) -> dict:
    """The counts of five and more; what is left together is none, or five and more as well.

    So that nobody finds a small number by subtracting from the total. What has the key None has no
    line of its own: it is never told, and counts in what is left.
    """
    shown = {key: number for key, number in counts.items() if key and number >= FEWEST}
    while shown and 0 < sum(counts.values()) - sum(shown.values()) < FEWEST:
        del shown[min(shown, key=shown.get)]
    return shown
