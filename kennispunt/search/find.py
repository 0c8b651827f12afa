"""Search and suggest: what the pages and other apps call."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from math import ceil

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kennispunt.search import index
from kennispunt.search.dutch import Word, words
from kennispunt.search.engines import Expression, engine
from kennispunt.search.index import PUBLIC, scope
from kennispunt.search.models import SearchEntry
from kennispunt.search.query import Concept, Query, prefixes, understand
from kennispunt.search.ranking import Score, score

MOST_CANDIDATES = 300  # of one kind, that are put in order
ENOUGH = 50  # of one kind, after which we do not look for weaker matches
# entries: a word that is in more of them is not looked for by itself when a rarer one is asked
COMMON = 20_000
MOST_REQUIRED = 6  # words of a long question, the rarest, that candidates are chosen by
RELEVANT = 0.35  # of the best score, under which a result is noise
# The best result has less than this share of what was asked, or scores less per word asked: then we
# probably have nothing about it. So for half of the questions about something else, and for one in
# twenty of those that were answered.
FEWEST_FOUND, WEAKEST = 0.5, 0.6
PASSAGE_WORDS = 32
SHORTEST_PREFIX = 3
MOST_PREFIXED = 60


@dataclass(frozen=True)
class Hit:
    """A result: safe HTML with the words that matched in <mark>, and the address of the passage
    that matched."""

    kind: str
    key: str
    title: SafeString
    url: str
    question: SafeString
    passage: SafeString
    note: str
    day: date | None
    score: float


@dataclass(frozen=True)
class Group:
    """The results of one kind, best first. `found` counts them; `more` is true when there may be
    others."""

    kind: str
    label: str
    hits: list[Hit]
    found: int
    more: bool

    @property
    def left(self) -> int:
        """The number of them that is not in `hits`."""
        return self.found - len(self.hits)


@dataclass(frozen=True)
class Results:
    """Groups in the order of their best hit; `best` is the one best answer and stands in no
    group. `weak` when even that one has too little of the question to be called an answer."""

    best: Hit | None = None
    weak: bool = False
    groups: list[Group] = field(default_factory=list)
    corrections: dict[str, str] = field(default_factory=dict)

    def __bool__(self):
        return self.best is not None

    def hits(self) -> list[Hit]:
        """All results, best first."""
        rest = sorted(
            (hit for group in self.groups for hit in group.hits), key=lambda hit: -hit.score
        )
        return [self.best, *rest] if self.best else []


def search(
    text: str,
    *,
    access: Collection[str] = (PUBLIC,),
    kinds: Collection[str] | None = None,
    limit: int = 5,
) -> Results:
    """Return what answers this question, for someone who has these keys.

    The keys are part of what the engine is asked: what someone may not see is not counted either.
    `kinds` limits to these kinds; `limit` is the number of hits per group.
    """
    registered = index.kinds()
    wanted = [name for name in registered if kinds is None or name in kinds]
    query = understand(text, access=access, kinds=wanted)
    if not query.concepts or not query.scopes:
        return Results()
    ranked = _ranked(_candidates(query, access), query)
    if not ranked:
        return Results(corrections=query.corrections)
    return _results(ranked, query, registered, limit)


def suggest(text: str, *, limit: int = 8) -> list[str]:
    """Titles and questions of public pages in which every word begins as typed; for everyone."""
    starts = prefixes(text)
    if not starts or max(map(len, starts)) < SHORTEST_PREFIX:
        return []
    begins = ("and", *(("prefix", f"w:{start}") for start in starts))
    rows = engine().fetch(
        [
            ("and", scope(name, PUBLIC), begins)
            for name, kind in index.kinds().items()
            if kind.suggest
        ],
        limit=MOST_PREFIXED,
    )
    found = {}
    for entry in SearchEntry.objects.filter(pk__in=[pk for pk, *_ in rows]).only(
        "title", "passages"
    ):
        # A heading without an anchor is no question but other words for the title.
        questions = [heading for heading, _, anchor in entry.passages if anchor]
        for depth, heading in enumerate([entry.title, *questions]):
            there = [word.plain for word in words(heading)]
            if all(any(word.startswith(start) for word in there) for start in starts):
                rank = (not there[0].startswith(starts[0]), min(depth, 1), len(heading), heading)
                found[heading] = min(found.get(heading, rank), rank)
    return sorted(found, key=found.get)[:limit]


def _candidates(query: Query, access: Collection[str]) -> dict[int, tuple[str, str]]:
    """(kind, tokens) by id of what may answer: never many, however many entries there are.

    A question of rare words is simply all their entries. Otherwise the strictest demand comes
    first (every word in the title), then every word anywhere, then all but one, then half; each
    kind until it has enough. Last come single words, but not the common ones.
    """
    found: dict[int, tuple[str, str]] = {}
    counts = dict.fromkeys(query.scopes, 0)
    for demand in _demands(query.concepts):
        open_kinds = [kind for kind, count in counts.items() if count < ENOUGH]
        asked = [_within(demand, query.scopes[kind], access) for kind in open_kinds]
        for pk, kind, tokens in engine().fetch(asked, limit=MOST_CANDIDATES):
            counts[kind] += pk not in found
            found[pk] = (kind, tokens)
    return found


def _demands(concepts: list[Concept]) -> list[Expression]:
    rarest = sorted(concepts, key=lambda concept: concept.documents)
    anything = ("or", *(concept.expression() for concept in concepts))
    if sum(concept.documents for concept in concepts) <= MOST_CANDIDATES:
        return [anything]
    required = rarest[:MOST_REQUIRED]
    sizes = dict.fromkeys([len(required), len(required) - 1, ceil(len(required) / 2)])
    single = [required[0]]
    for concept in required[1:]:
        if sum(one.documents for one in single) + concept.documents <= COMMON:
            single.append(concept)
    return [
        ("and", *(concept.expression("t:") for concept in required)),
        *(_at_least(size, required) for size in sizes if size > 1),
        ("or", *(concept.expression() for concept in single)),
    ]


def _at_least(size: int, concepts: list[Concept]) -> Expression:
    return (
        "or",
        *(
            ("and", *(concept.expression() for concept in some))
            for some in combinations(concepts, size)
        ),
    )


def _within(demand: Expression, scopes: list[str], access: Collection[str]) -> Expression:
    """The demand, of what these keys open and is not hidden from their holder."""
    allowed = ("and", ("or", *scopes), demand)
    return ("not", allowed, ("or", *(f"!{key}" for key in sorted(access))))


def _ranked(candidates: dict[int, tuple[str, str]], query: Query) -> dict[int, tuple[str, Score]]:
    """Kind and score by id, best first, without what is noise beside the best."""
    kinds = index.kinds()
    scored = {
        pk: (kind, score(tokens, query.concepts, name=kinds[kind].names, weight=kinds[kind].weight))
        for pk, (kind, tokens) in candidates.items()
    }
    order = sorted(scored, key=lambda pk: (-scored[pk][1].value, pk))
    floor = RELEVANT * scored[order[0]][1].value if order else 0.0
    return {pk: scored[pk] for pk in order if scored[pk][1].value >= floor and scored[pk][1].value}


def _results(
    ranked: dict[int, tuple[str, Score]], query: Query, registered: dict, limit: int
) -> Results:
    first, *others = ranked
    by_kind: dict[str, list[int]] = {}
    for pk in others:
        by_kind.setdefault(ranked[pk][0], []).append(pk)
    shown = [first, *(pk for pks in by_kind.values() for pk in pks[:limit])]
    rows = SearchEntry.objects.defer("tokens").in_bulk(shown)
    marker = Marker(query)
    hits = {pk: _hit(rows[pk], ranked[pk][1], marker) for pk in shown if pk in rows}
    groups = [
        Group(
            kind,
            registered[kind].label,
            _nearest_first([hits[pk] for pk in pks[:limit] if pk in hits]),
            len(pks),
            len(pks) >= ENOUGH,
        )
        for kind, pks in by_kind.items()
    ]
    weak = _is_weak(ranked[first][1], query)
    return Results(hits.get(first), weak, groups, query.corrections)


def _is_weak(best: Score, query: Query) -> bool:
    known = sum(concept.worth for concept in query.concepts)
    asked = sum(concept.asked for concept in query.concepts)
    return best.share * known < FEWEST_FOUND * asked or best.value < WEAKEST * known


def _nearest_first(hits: list[Hit]) -> list[Hit]:
    """Of dated hits that are about as good, the first day first."""
    return sorted(hits, key=lambda hit: (-round(hit.score, 1), hit.day or date.min))


def _hit(entry: SearchEntry, scored: Score, marker: "Marker") -> Hit:
    heading, text, anchor = "", entry.lead, ""
    if scored.passage is not None:
        heading, text, anchor = entry.passages[scored.passage]
    shown = heading if heading != entry.title and (text or anchor) else ""
    text = text or entry.lead or heading
    return Hit(
        kind=entry.kind,
        key=entry.key,
        title=marker.marked(entry.title),
        url=f"{entry.url}#{anchor}" if anchor else entry.url,
        question=marker.marked(shown),
        passage=marker.excerpt(text),
        note=entry.note,
        day=entry.day,
        score=scored.value,
    )


class Marker:
    """Shows which words of a text matched: safe HTML, whatever the text."""

    def __init__(self, query: Query):
        self.dutch, self.tokens = query.dutch, query.tokens()

    def marked(self, text: str) -> SafeString:
        return self._marked(text, list(words(text)))

    def excerpt(self, text: str) -> SafeString:
        """The stretch of a text that has most of what was asked, whole sentences at its start if
        that fits."""
        there = list(words(text))
        if len(there) <= PASSAGE_WORDS:
            return self._marked(text, there)
        hit = [self._is_hit(word) for word in there]
        starts = range(len(there) - PASSAGE_WORDS + 1)
        start = max(starts, key=lambda at: (sum(hit[at : at + PASSAGE_WORDS]), -at))
        start = _sentence_start(text, there, start, hit)
        chosen = there[start : start + PASSAGE_WORDS]
        begin, end = chosen[0].start, chosen[-1].end
        cut = text[begin:end]
        moved = [Word(word.plain, word.start - begin, word.end - begin) for word in chosen]
        return format_html(
            "{}{}{}",
            "… " if start else "",
            self._marked(cut, moved),
            " …" if end < len(text.rstrip()) - 1 else "",
        )

    def _is_hit(self, word: Word) -> bool:
        return not self.tokens.isdisjoint(self.dutch.tokens(word.plain))

    def _marked(self, text: str, there: list[Word]) -> SafeString:
        pieces, at = [], 0
        for word in there:
            if self._is_hit(word):
                pieces.append((text[at : word.start], text[word.start : word.end]))
                at = word.end
        return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[at:])


def _sentence_start(text: str, there: list[Word], start: int, hit: list[bool]) -> int:
    """A little earlier, at the beginning of the sentence, when no hit falls off at the end."""
    for at in range(start, max(start - PASSAGE_WORDS // 2, -1), -1):
        begins = at == 0 or re.search(r"[.!?:]\s", text[there[at - 1].end : there[at].start + 1])
        if begins:
            return at if not any(hit[at + PASSAGE_WORDS : start + PASSAGE_WORDS]) else start
    return start
