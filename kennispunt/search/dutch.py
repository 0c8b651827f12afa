"""Dutch as people write it, turned into the tokens that the search works with.

The same tokens are made for the index and for a question, on every database: lower case without
accents, irregular forms to their base, the Kraaij-Pohlmann stemmer, and the parts of a compound
beside the whole.
Nothing here knows of a database.
"""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import snowballstemmer

# Longer "words" are no words; PostgreSQL refuses lexemes over 2 kB.
LONGEST_WORD = 60
SHORTEST_COMPOUND = 7
SHORTEST_PART = 3

DATA = tomllib.loads(Path(__file__).with_name("dutch.toml").read_text("utf-8"))
STOP = frozenset(DATA["stop"].split())
BASE = {form: base for base, forms in DATA["irregular"].items() for form in forms.split()}
FIXED = {form: root for root, forms in DATA["stems"].items() for form in forms.split()}
NO_ENDS = frozenset(DATA["ends"].pop("not").split())
ENDS = DATA["ends"]

# Letters and digits; "foto's", "e-mail" and "a.l.v." are one word, "kandidaat-raadslid" is two.
_WORD = re.compile(
    r"(?<![\w.])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?|(?:\be-(?=\w))?[^\W_]+(?:['’][^\W_]+)*"
)
_POSSESSIVE = re.compile(r"['’](?:s|tje|tjes)$")


class Word(NamedTuple):
    """A word and where it stands in its text: text[start:end]."""

    plain: str
    start: int
    end: int


@lru_cache(maxsize=200_000)
def plain(word: str) -> str:
    """Lower case, without accents or punctuation: "Coördinatie" is "coordinatie", "foto's" is
    "foto"."""
    word = _POSSESSIVE.sub("", word.lower())
    if not word.isascii() or not word.isalnum():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if c.isalnum())
    return word[:LONGEST_WORD]


def words(text: str) -> Iterator[Word]:
    """Every word of a text, in order."""
    for found in _WORD.finditer(text):
        if word := plain(found[0]):
            yield Word(word, *found.span())


def plain_words(text: str) -> list[str]:
    """Every word of a text, in order, without where it stands: half the work."""
    return [word for written in _WORD.findall(text) if (word := plain(written))]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return what the forms of a plain word share: "lid" of "leden", "screen" of "gescreend".

    Kraaij-Pohlmann leaves "fuseer" beside "fuser" and "betaald" beside "betaal"; we write double
    vowels once and drop the last d or t after a consonant, so that these meet.
    """
    if word in FIXED:
        return FIXED[word]
    # One for each word: it keeps the word in itself while it works, and threads stem at once.
    root = snowballstemmer.stemmer("dutch").stemWord(_base(word))
    if len(root) >= 5 and root[-1] in "dt" and root[-2] not in "aeiouy":
        root = root[:-1]
    return re.sub(r"([aeou])\1", r"\1", root)


def _base(word: str) -> str:
    """The form that an irregular one comes from, also at the end of a compound."""
    if word in BASE or word in NO_ENDS:
        return BASE.get(word, word)
    for end, base in ENDS.items():
        if word.endswith(end):
            return word.removesuffix(end) + base
    return word


CURATED_PARTS = frozenset(stem(word) for word in DATA["parts"]["words"].split())
_WHOLE = frozenset(stem(word) for word in DATA["parts"]["whole"].split())


class Dutch:
    """Makes tokens. `own_parts` are stems of our own titles that may be part of a compound as
    well."""

    def __init__(self, own_parts: Collection[str] = ()):
        self.parts = CURATED_PARTS.union(own_parts)
        self._split = lru_cache(maxsize=200_000)(self._split_once)
        self.tokens = lru_cache(maxsize=200_000)(self._tokens)

    def leaves(self, word: str) -> tuple[str, ...]:
        """The smallest parts of a compound, as stems; empty when the word is none.

        "gemeenteraadsverkiezingen" has gemeente, raad and verkiezing.
        """
        return tuple(stem(part) for part in self.pieces(word))

    def _tokens(self, word: str) -> tuple[str, ...]:
        """Return what finds a plain word: its own stem first, then its parts, large and small."""
        found = [stem(word)]
        for part in self._split(word):
            found += self._tokens(part)
        return tuple(dict.fromkeys(found))

    def pieces(self, word: str) -> list[str]:
        """The smallest parts of a compound as they are written."""
        return [leaf for part in self._split(word) for leaf in self.pieces(part) or [part]]

    def _split_once(self, word: str) -> tuple[str, ...]:
        """The fewest parts that make up this word, each known; empty when there are none."""
        if len(word) < SHORTEST_COMPOUND or not word.isalpha() or stem(word) in _WHOLE:
            return ()
        ways = [
            (left, *rest)
            for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
            if (left := self._known(word[:at], linked=True))
            for rest in self._rest(word[at:])
        ]
        return min(ways, key=lambda way: (len(way), len(way[0])), default=())

    def _rest(self, word: str) -> list[tuple[str, ...]]:
        if whole := self._known(word):
            return [(whole,)]
        more = self._split(word)
        return [more] if more else []

    def _known(self, word: str, *, linked: bool = False) -> str:
        """The part that this piece is, without the s, e, n or en that ties it to the next; or
        nothing."""
        for link in ("", "s", "en", "e", "n") if linked else ("",):
            piece = word.removesuffix(link) if link else word
            if len(piece) < SHORTEST_PART or (link and piece == word):
                continue
            if stem(piece) in self.parts:
                return piece
        return ""

    def is_part(self, piece: str) -> bool:
        """Whether this piece of a compound is known by itself."""
        return bool(self._known(piece, linked=True))

    def text_tokens(self, text: str) -> list[str]:
        """All tokens of a text in order, stop words left out."""
        return [
            token for word in plain_words(text) if word not in STOP for token in self.tokens(word)
        ]


def possible_parts(word: str) -> set[str]:
    """Stems of every piece of a word that could be a part: what to look up before splitting it."""
    if len(word) < SHORTEST_COMPOUND:
        return set()
    pieces = {
        word[start:end]
        for start in range(len(word) - SHORTEST_PART + 1)
        for end in range(start + SHORTEST_PART, len(word) + 1)
        if end - start < len(word)
    }
    return {stem(piece) for piece in pieces}
