"""The order of candidates: BM25 over title, headings, lead and text, the same on every database."""

from dataclasses import dataclass
from typing import NamedTuple

from kennispunt.search.query import Concept, Way


class Field(NamedTuple):
    """A part of an entry: what a word in it weighs, how many tokens it usually has, and how much
    a longer one counts less."""

    weight: float
    usual: int
    length: float


TITLE, HEADING = Field(3.0, 5, 0.2), Field(2.5, 5, 0.3)
LEAD, TEXT = Field(2.0, 14, 0.2), Field(0.6, 300, 0.3)
SATURATION = 3.0  # how slowly more of the same counts less
MOST_TIMES = 4  # repeating a word more often says nothing
PASSAGE = 1.0  # how much one passage that has it all adds
SAID = 1.3  # how much more it adds to be asked for in the very words a thing is found by
WHOLE = 0.5  # how much more an entry counts whose title says what was asked and nothing else
SURE = 0.8  # the weight of a way to say it that is as good as the word itself


@dataclass(frozen=True)
class Score:
    """The score of an entry, the share of the question that is in it, and the passage (or None)."""

    value: float
    share: float
    passage: int | None


def score(
    tokens: str, concepts: list[Concept], *, name: bool = False, weight: float = 1.0
) -> Score:
    """Score the `tokens` of an entry (see index.py for its lines), which may be but a name and
    counts for its weight."""
    _, title, lead, *passages = tokens.split("\n")
    headings, texts = passages[::2], passages[1::2]
    heading, text = "".join(headings), "".join(texts)
    # Most ways to say a thing are not in most entries: looked for once, in all of it.
    # A name is meant when it is said: "waterschap" does not find Waterland.
    said = [
        [
            (way, way.name_worth if name else way.worth)
            for way in concept.ways
            if (not name or way.weight >= SURE) and _has(tokens, way)
        ]
        for concept in concepts
    ]
    value = found = 0.0
    for ways in said:
        hits = []
        for way, worth in ways:
            amount = (
                _amount(way, title, TITLE)
                + _amount(way, lead, LEAD)
                + _amount(way, heading, HEADING, fields=len(headings))
                + _amount(way, text, TEXT)
            )
            if amount:
                hits.append((worth * amount / (amount + SATURATION), worth))
        best, worth = max(hits, default=(0.0, 0.0))
        value += best
        found += worth
    asked = sum(concept.worth for concept in concepts)
    share = found / asked if asked else 0.0
    best, passage = _in_passage(title, lead, said), None
    for index, (h, t) in enumerate(zip(headings, texts, strict=True)):
        there = _in_passage(h, t, said)
        if there and t.isspace():
            there *= SAID * _covered(h, said)
        if there > best:
            best, passage = there, index
    value *= share
    if share > 0.99 and _is_whole(title, concepts):
        value *= 1 + WHOLE
    return Score(weight * (value + PASSAGE * best), share, passage)


def _is_whole(title: str, concepts: list[Concept]) -> bool:
    """Whether every word of a title was asked for: someone who types "bestuur" means that term,
    or who does what in it, rather than how to choose another."""
    asked = {
        token
        for concept in concepts
        for way in concept.ways
        if way.weight >= SURE
        for token in way.tokens
    }
    return asked.issuperset(title.split())


def _amount(way: Way, line: str, field: Field, fields: int = 1) -> float:
    """Weigh how much a way of saying it is in a line, by its number of fields and length."""
    times = min(MOST_TIMES, *(line.count(token) for token in way.spaced))
    if not times:
        return 0.0
    length = line.count(" ") / (field.usual * max(fields, 1))
    return field.weight * times / (1 - field.length + field.length * length)


def _in_passage(heading: str, text: str, said: list[list[tuple[Way, float]]]) -> float:
    """Return how much of the question is in one passage; in its heading counts double."""
    found = 0.0
    for ways in said:
        most = 0.0
        for way, worth in ways:
            if worth > most and _has(heading, way):
                most = worth
            elif worth * 0.5 > most and _has(text, way):
                most = worth * 0.5
        found += most
    return found


def _covered(phrase: str, said: list[list[tuple[Way, float]]]) -> float:
    """The share of a phrase that was asked: "stem kopen" is no answer to a question on a stem."""
    asked = {token for ways in said for way, _ in ways if _has(phrase, way) for token in way.tokens}
    there = set(phrase.split())
    return len(asked & there) / len(there)


def _has(line: str, way: Way) -> bool:
    for token in way.spaced:  # noqa: SIM110 - all() makes a generator, half a million times
        if token not in line:
            return False
    return True
