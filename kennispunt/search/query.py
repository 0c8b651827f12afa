"""A question, understood: the words that matter, what they also mean, and slips of the keyboard."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from math import log

from django.db.models import Q
from rapidfuzz.distance import OSA

from kennispunt.search.dutch import SHORTEST_PART, STOP, Dutch, possible_parts, stem, words
from kennispunt.search.engines import Expression, engine
from kennispunt.search.index import scope
from kennispunt.search.models import SearchTerm, SearchWord, SynonymGroup

LONGEST_QUERY = 300  # characters of a question that are read
MOST_WORDS = 12
# How much a hit counts that is not the word itself: a synonym, all parts of a compound, its last
# part (a boekjaar is a kind of jaar), another part, a word of the same family (notarieel,
# notaris), what was meant by a typing error.
SYNONYM, PARTS, HEAD, PART, FAMILY, CORRECTED = 0.9, 0.8, 0.6, 0.3, 0.4, 0.9
SHORTEST_FAMILY = 5  # letters that words of one family share
SHORTEST_KNOWN = 4  # letters of a word of the index that a word we never saw may be made of
SHORTEST_TAIL = 5
SHORTEST_MENDED = 4
LARGEST_FAMILY = 4
_ELECTION = re.compile(r"^(gr|ps|ws)(\d\d)$")  # "ps27" is "ps 2027"
_ARTICLE = re.compile(r"^([a-z])(\d{1,3}[a-z]?)$")  # "h4" is "h 4", unless a text has it so
MISSING = SearchTerm(documents=0, in_names=0)


@dataclass
class Way:
    """One way to say a concept: all of these tokens, and how much a hit this way counts.

    `worth` is that weight times how rare the tokens are in texts, `name_worth` in names: almost
    every area has "gemeente" in its name, so that word alone does not find one.
    """

    tokens: tuple[str, ...]
    weight: float = 1.0
    worth: float = 0.0
    name_worth: float = 0.0
    is_synonym: bool = False
    spaced: tuple[str, ...] = field(init=False)  # as they stand in a line of an entry

    def __post_init__(self):
        self.spaced = tuple(f" {token} " for token in self.tokens)

    def expression(self, mark: str = "") -> Expression:
        return ("and", *(mark + token for token in self.tokens))


@dataclass
class Concept:
    """One thing that was asked for, with every way to say it.

    `documents`: in how many entries it is, at most; `worth`: what the best way to say it is worth;
    `asked`: what it would be worth, had we the word and not only its family, or what it ends in.
    """

    ways: list[Way]
    documents: int = 0
    worth: float = 0.0
    asked: float = 0.0

    def expression(self, mark: str = "") -> Expression:
        return ("or", *(way.expression(mark) for way in self.ways))

    def tokens(self) -> set[str]:
        return {token for way in self.ways for token in way.tokens}


@dataclass
class Query:
    """A question, understood. `corrections`: what was typed and what was meant."""

    concepts: list[Concept]
    scopes: dict[str, list[str]]
    corrections: dict[str, str]
    dutch: Dutch

    def tokens(self) -> set[str]:
        """Every token that may be marked as a hit."""
        return {token for concept in self.concepts for token in concept.tokens()}


def understand(text: str, *, access: Collection[str], kinds: Iterable[str]) -> Query:
    """Read a question of someone with these keys, about these kinds of things."""
    asked = _asked(text)
    marks = {kind: [scope(kind, key) for key in sorted(access)] for kind in kinds}
    known = _known(asked, [mark for of_kind in marks.values() for mark in of_kind])
    dutch = Dutch(token for token, term in known.items() if term.is_part)
    groups = [group.phrases() for group in SynonymGroup.objects.all()]
    corrections = _corrections(asked, known, dutch, groups)
    concepts = [
        Concept(
            [
                *_ways(word, dutch),
                *_ways_of_unknown(word, known, dutch, corrections),
                *_corrected(corrections.get(word), dutch),
                *_family(stem(word)),
            ]
        )
        for word in asked
    ]
    concepts = _with_synonyms(asked, concepts, corrections, groups)
    scopes = {
        kind: there
        for kind, of_kind in marks.items()
        if (there := [mark for mark in of_kind if mark in known])
    }
    _weigh(concepts, [known[mark] for there in scopes.values() for mark in there])
    return Query(concepts, scopes, corrections, dutch)


def _asked(text: str) -> list[str]:
    """The words that matter; when nothing but stop words was typed, those."""
    typed = (_ELECTION.sub(r"\1 20\2", word.plain) for word in words(text[:LONGEST_QUERY]))
    found = list(dict.fromkeys(word for one in typed for word in one.split()))
    found = _articles_apart(found)
    return ([word for word in found if word not in STOP] or found)[:MOST_WORDS]


def _articles_apart(asked: list[str]) -> list[str]:
    """Articles of the Kieswet as our texts write them; "d66" stays what it is."""
    pairs = {word: one.groups() for word in asked if (one := _ARTICLE.match(word))}
    if not pairs:
        return asked
    there = SearchTerm.objects.in_bulk([stem(word) for word in pairs])
    return list(
        dict.fromkeys(
            part
            for word in asked
            for part in (pairs[word] if word in pairs and stem(word) not in there else (word,))
        )
    )


def _known(asked: list[str], marks: list[str]) -> dict[str, SearchTerm]:
    pieces = {piece for word in asked for piece in (stem(word), *possible_parts(word))}
    return SearchTerm.objects.in_bulk([*pieces, *marks])


def _ways(word: str, dutch: Dutch, weight: float = 1.0) -> list[Way]:
    leaves = tuple(dict.fromkeys(dutch.leaves(word)))
    if not leaves:
        return [Way((stem(word),), weight)]
    *others, head = leaves
    return [
        Way((stem(word),), weight),
        Way(leaves, weight * PARTS),
        Way((head,), weight * HEAD),
        *(Way((leaf,), weight * PART) for leaf in others),
    ]


def _ways_of_unknown(
    word: str, known: dict[str, SearchTerm], dutch: Dutch, corrections: dict[str, str]
) -> list[Way]:
    """A word that is nowhere, and no slip: the words of the index that it is made of, or ends in.

    Any word of the index will do here: such a word would find nothing by itself, so a split that
    is wrong costs little. "ledenadministratie" has lid and administratie, a vicevoorzitter is a
    voorzitter.
    """
    if word in corrections or stem(word) in known or dutch.leaves(word):
        return []
    if ways := _ways(word, Dutch(token for token in known if len(token) >= SHORTEST_KNOWN))[1:]:
        return ways
    tails = (stem(word[at:]) for at in range(SHORTEST_PART, len(word) - SHORTEST_TAIL + 1))
    tail = next((tail for tail in tails if tail in known), None)
    return [Way((tail,), HEAD)] if tail else []


def _family(root: str) -> list[Way]:
    """Words that begin as this one, or that this one begins as."""
    if len(root) < SHORTEST_FAMILY:
        return []
    shorter = [root[:end] for end in range(SHORTEST_FAMILY, len(root))]
    longer = engine().begins("token", root)
    there = SearchTerm.objects.filter(longer | Q(token__in=shorter)).exclude(token=root)
    common = there.order_by("-documents", "token").values_list("token", flat=True)[:LARGEST_FAMILY]
    return [Way((token,), FAMILY) for token in common]


def _corrected(word: str | None, dutch: Dutch) -> list[Way]:
    return _ways(word, dutch, CORRECTED) if word else []


def _with_synonyms(
    asked: list[str],
    concepts: list[Concept],
    corrections: dict[str, str],
    groups: list[list[tuple[str, ...]]],
) -> list[Concept]:
    """Add what editors say is the same. Words that together are one term become one concept."""
    meant = [stem(corrections.get(word, word)) for word in asked]
    for phrases in groups:
        for phrase in sorted(phrases, key=len, reverse=True):
            if at := _position(phrase, meant):
                first, *rest = at
                if len(phrase) > 1:
                    concepts[first] = Concept([Way(phrase)])
                concepts[first].ways += [
                    Way(other, SYNONYM, is_synonym=True) for other in phrases if other != phrase
                ]
                for index in reversed(rest):
                    del concepts[index], meant[index]
                break
    return concepts


def _position(phrase: tuple[str, ...], among: list[str]) -> range | None:
    for start in range(len(among) - len(phrase) + 1):
        if tuple(among[start : start + len(phrase)]) == phrase:
            return range(start, start + len(phrase))
    return None


def _weigh(concepts: list[Concept], there: list[SearchTerm]) -> None:
    """Say what every way is worth. `there`: the marks of all entries that may be found."""
    texts, names = sum(mark.in_texts for mark in there), sum(mark.in_names for mark in there)
    counted = SearchTerm.objects.in_bulk(
        {token for concept in concepts for token in concept.tokens()}
    )
    for concept in concepts:
        most = None  # no way is worth more than the word that was typed
        for way in concept.ways:
            terms = [counted.get(token, MISSING) for token in way.tokens]
            documents = min(term.documents for term in terms)
            concept.documents += documents
            if documents:
                rarity = _rarity(min(term.in_texts for term in terms), texts)
                most = most or rarity
                if rarity < most and way.is_synonym:
                    rarity = (rarity + most) / 2
                way.worth = way.weight * min(rarity, most)
                way.name_worth = way.weight * _rarity(min(term.in_names for term in terms), names)
                concept.worth = max(concept.worth, way.worth)
        said = any(way.worth and way.weight >= PARTS for way in concept.ways)
        concept.worth = concept.worth or log(1 + texts)
        concept.asked = concept.worth if said else log(1 + texts)


def _rarity(seen: int, total: int) -> float:
    seen = min(seen, total)
    return log(1 + (total - seen + 0.5) / (seen + 0.5))


def _corrections(
    asked: list[str],
    known: dict[str, SearchTerm],
    dutch: Dutch,
    groups: list[list[tuple[str, ...]]],
) -> dict[str, str]:
    """For words that nobody wrote on the public site: the written word that looks most like it.

    What editors keep as a synonym is no slip, even when it is in no text.

    A word that may well be right (we know its stem, or its parts) must look even more like it.
    """
    candidates = [word for word in asked if len(word) >= 4 and word.isalpha()]
    written = SearchWord.objects.in_bulk(candidates)
    synonyms = {token for phrases in groups for phrase in phrases for token in phrase}
    found = {}
    for word in candidates:
        if word not in written and stem(word) not in synonyms:
            doubtful = stem(word) not in known and not dutch.leaves(word)
            if not doubtful and len(word) < 6:
                continue
            best = _nearest(word, allowed=2 if doubtful and len(word) >= 8 else 1)
            if doubtful and not best:
                best = _nearest_compound(word, dutch)
            if best and stem(best) != stem(word):
                found[word] = best
    return found


def _nearest(word: str, *, allowed: int) -> str | None:
    """The written word at most so many slips away."""
    sounds = _sound(word)
    best = None
    for first in {word[0], word[1], sounds[0]}:
        likely = SearchWord.objects.filter(engine().begins("word", first))
        for candidate, documents in likely.values_list("word", "documents"):
            if abs(len(candidate) - len(word)) > allowed + 1:
                continue
            as_heard = OSA.distance(sounds, _sound(candidate))
            as_written = OSA.distance(word, candidate)
            if (distance := min(as_heard, as_written)) <= allowed:
                rank = (distance, as_written, -documents, candidate)
                best = min(best or rank, rank)
    return best[-1] if best else None


def _nearest_compound(word: str, dutch: Dutch) -> str | None:
    """The word with its slip mended in one part, when the other is known: "statuten|wijzigign"."""
    for at in range(len(word) - SHORTEST_MENDED, SHORTEST_MENDED - 1, -1):
        left, right = word[:at], word[at:]
        if dutch.is_part(left) and (best := _nearest(right, allowed=1)):
            return left + best
        if dutch.is_part(right) and (best := _nearest(left, allowed=1)):
            return best + right
    return None


def _sound(word: str) -> str:
    """Roughly how it sounds: ei is ij, au is ou, ch is g, c is k, th is t."""
    for written, heard in (
        ("ei", "y"),
        ("ij", "y"),
        ("au", "ou"),
        ("ch", "g"),
        ("c", "k"),
        ("th", "t"),
        ("ph", "f"),
    ):
        word = word.replace(written, heard)
    return word


def prefixes(text: str) -> list[str]:
    """The words of a question that is still being typed, each perhaps unfinished."""
    return list(dict.fromkeys(word.plain for word in words(text[:LONGEST_QUERY])))[:MOST_WORDS]
