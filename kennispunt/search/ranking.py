"""Which candidate answers best: BM25 over title, headings, lead and text, the same on every
database."""

from dataclasses import dataclass

from kennispunt.search.query import Concept, Way

TITLE, HEADING, LEAD, TEXT = 3.0, 2.5, 2.0, 1.0
SATURATION = 3.0  # how slowly more of the same counts less
MOST_TIMES = 4  # repeating a word more often says nothing
USUAL = {TITLE: 5, HEADING: 5, LEAD: 14, TEXT: 300}  # tokens in a field of usual length
LENGTH = {TITLE: 0.4, HEADING: 0.3, LEAD: 0.2, TEXT: 0.3}  # how much longer fields count less
PASSAGE = 0.8  # how much one passage that has it all adds


@dataclass(frozen=True)
class Score:
    """How well an entry answers, which share of what was asked is in it, and in which passage (or
    None)."""

    value: float
    share: float
    passage: int | None


def score(tokens: str, concepts: list[Concept]) -> Score:
    """Score the `tokens` of an entry (see index.py for its lines)."""
    _, title, lead, *passages = tokens.split("\n")
    headings, texts = passages[::2], passages[1::2]
    heading, text = "".join(headings), "".join(texts)
    value = asked = found = 0.0
    for concept in concepts:
        asked += concept.worth
        hits = []
        for way in concept.ways:
            amount = (
                _amount(way, title, TITLE)
                + _amount(way, lead, LEAD)
                + _amount(way, heading, HEADING, usual=len(headings))
                + _amount(way, text, TEXT)
            )
            if amount:
                hits.append((way.worth * amount / (amount + SATURATION), way.worth))
        best, worth = max(hits, default=(0.0, 0.0))
        value += best
        found += worth
    share = found / asked if asked else 0.0
    best, passage = _in_passage(title, lead, concepts), None
    for index, (h, t) in enumerate(zip(headings, texts, strict=True)):
        if (there := _in_passage(h, t, concepts)) > best:
            best, passage = there, index
    return Score(value * share + PASSAGE * best, share, passage)


def _amount(way: Way, line: str, field: float, usual: int = 1) -> float:
    """How much of a way to say it is in a line, for its weight and length."""
    times = min(*(line.count(f" {token} ") for token in way.tokens), MOST_TIMES)
    if not times:
        return 0.0
    length = line.count(" ") / (USUAL[field] * max(usual, 1))
    return field * times / (1 - LENGTH[field] + LENGTH[field] * length)


def _in_passage(heading: str, text: str, concepts: list[Concept]) -> float:
    """How much of the question is in one passage; in its heading counts double."""
    return sum(
        max(
            way.worth * (1.0 if _has(heading, way) else 0.5 if _has(text, way) else 0.0)
            for way in concept.ways
        )
        for concept in concepts
    )


def _has(line: str, way: Way) -> bool:
    return all(f" {token} " in line for token in way.tokens)
