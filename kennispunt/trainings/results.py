"""Opinions: grades and words, and nothing of fewer than five answers.

Sums over several editions leave out editions of which we tell nothing, unless those together have
five answers too: else they could be found by subtracting.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from kennispunt.office.small_numbers import FEWEST
from kennispunt.trainings.models import Evaluation


@dataclass(frozen=True)
class Results:
    """None and empty: there are fewer than five answers."""

    count: int | None = None
    grade: Decimal | None = None
    useful: list[str] = field(default_factory=list)
    better: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)


def results(evaluations: Iterable[Evaluation]) -> Results:
    """Of these evaluations, of one edition or of several."""
    evaluations = list(evaluations)
    after = tellable([one for one in evaluations if one.moment == Evaluation.Moment.AFTER])
    later = tellable([one for one in evaluations if one.moment == Evaluation.Moment.LATER])
    graded = tellable([one for one in after if one.grade is not None])
    return Results(
        count=len(after) or None,
        grade=average([one.grade for one in graded]),
        useful=words(one.useful for one in after),
        better=words(one.better for one in after),
        later=words(one.useful for one in later),
    )


def tellable(evaluations: list[Evaluation]) -> list[Evaluation]:
    """Return the ones that may be told about together."""
    by_edition: dict[int, list] = {}
    for one in evaluations:
        by_edition.setdefault(one.edition_id, []).append(one)
    large = [one for ones in by_edition.values() if len(ones) >= FEWEST for one in ones]
    small = [one for ones in by_edition.values() if len(ones) < FEWEST for one in ones]
    return large + (small if len(small) >= FEWEST else [])


def average(grades: list[int]) -> Decimal | None:
    if not grades:
        return None
    return (Decimal(sum(grades)) / len(grades)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def words(texts) -> list[str]:
    """By the alphabet: the order in which they came says nothing."""
    return sorted((text for text in texts if text), key=str.casefold)
