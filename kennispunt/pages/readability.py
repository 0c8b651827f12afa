"""Readability of a Dutch text, in numbers. They warn; a person who reads aloud decides.

Flesch-Douma: 206.84 - 77 x syllables per word - 0.93 x words per sentence (Douma, 1960). Above 60
counts as ordinary Dutch. B1 is more than a formula: we ask all at once, with the limits of the
editors' own guide (12 words in a sentence on average, few above 20, active, and no more than three
short sentences in a row). The place in the law behind a sentence is not read as one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import chain, groupby

from kennispunt.ui.dutch import counted

LONG, SHORT = 20, 7  # words
IN_A_ROW = 3  # that many short sentences may follow each other
SENTENCE_END = re.compile(r"(?<=[.?!:;])[\s»”’)]+|\n+")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*")
# A diaeresis begins a syllable; ij is one vowel.
VOWELS = re.compile(
    r"[ëïöü]|eeu|ieu|aai|ooi|oei|ij|aa|ee|oo|uu|ie|oe|eu|ui|ei|au|ou|[aeiouyáéíóúàèêîâô]"
)
PASSIVE = re.compile(
    r"\b(?:word|wordt|worden|werd|werden|geworden)\b(?:\W+\w+){0,8}?\W+(?:ge|be|ver|ont|her)\w+(?:d|t|en)\b"
    r"|\b(?:ge|be|ver|ont|her)\w{2,}(?:d|t|en)\s+(?:wordt|worden|werd|werden)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Readability:
    words: int
    sentences: int
    syllables: int
    letters: int
    long_sentences: tuple[str, ...]
    passive: int
    longest: int = 0  # words in the longest sentence
    short: int = 0  # sentences of hardly any words: many of them read like a drum
    runs: tuple[str, ...] = ()  # each stretch of more short sentences in a row than we allow

    @property
    def score(self) -> float:
        """Flesch-Douma."""
        if not self.words:
            return 100.0
        return 206.84 - 77 * self.syllables / self.words - 0.93 * self.per_sentence

    @property
    def per_sentence(self) -> float:
        return self.words / max(1, self.sentences)

    @property
    def per_word(self) -> float:
        """Letters in a word."""
        return self.letters / max(1, self.words)

    @property
    def long_share(self) -> float:
        return 100 * len(self.long_sentences) / max(1, self.sentences)

    @property
    def short_share(self) -> float:
        return 100 * self.short / max(1, self.sentences)

    @property
    def passive_share(self) -> float:
        return 100 * self.passive / max(1, self.sentences)

    @property
    def advice(self) -> list[str]:
        """Say what is above the limits, in words for the writer. Empty: it reads as B1."""
        found = []
        if self.per_sentence > 12:
            found.append(f"Gemiddeld {self.per_sentence:.0f} woorden per zin: knip. Hooguit 12.")
        if self.long_share > 5:
            number = counted(len(self.long_sentences), "zin", "zinnen")
            found.append(f"{number} van meer dan {LONG} woorden: knip.")
        if self.score < 60:
            found.append("Veel lange woorden: kies kortere.")
        if self.passive_share > 10:
            found.append(f"{self.passive} lijdende zinnen (worden): zeg wie het doet.")
        if self.runs:
            found.append(
                f"{len(self.runs)} keer meer dan {IN_A_ROW} korte zinnen achter elkaar: "
                "verbind ze met want, dus, als, maar of omdat."
            )
        return found


def average(texts: Iterable[Readability]) -> Readability:
    """All of these as one text: the average of the house. Its longest is the longest of all."""
    texts = list(texts)
    return Readability(
        words=sum(one.words for one in texts),
        sentences=sum(one.sentences for one in texts),
        syllables=sum(one.syllables for one in texts),
        letters=sum(one.letters for one in texts),
        long_sentences=tuple(chain.from_iterable(one.long_sentences for one in texts)),
        passive=sum(one.passive for one in texts),
        longest=max((one.longest for one in texts), default=0),
        short=sum(one.short for one in texts),
        runs=tuple(chain.from_iterable(one.runs for one in texts)),
    )


class Sentences(HTMLParser):
    """The running text of our HTML: not its tables, not the law behind a sentence, and each block
    on a line of its own."""

    BLOCKS = {"p", "li", "h3", "ul", "ol", "div", "summary"}

    def __init__(self, html):
        super().__init__()
        self.text, self.tables, self.in_law = [], 0, False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tables += tag == "table"
        self.in_law = self.in_law or ("class", "law") in attributes
        if tag in self.BLOCKS:
            self.text.append("\n")

    def handle_endtag(self, tag):
        self.tables -= tag == "table"
        self.in_law = self.in_law and tag != "a"
        if tag in self.BLOCKS:
            self.text.append("\n")

    def handle_data(self, data):
        if not (self.tables or self.in_law):
            self.text.append(" ".join(data.split("\n")))


def syllables(word: str) -> int:
    return max(1, len(VOWELS.findall(word.lower())))


def measure(html: str) -> Readability:
    """The numbers of a text as a reader sees it."""
    blocks = [sentences_of(block) for block in "".join(Sentences(html).text).split("\n")]
    sentences = list(chain.from_iterable(blocks))
    words = [word for _, found in sentences for word in found]
    return Readability(
        words=len(words),
        sentences=len(sentences),
        syllables=sum(map(syllables, words)),
        letters=sum(map(len, words)),
        long_sentences=tuple(one for one, found in sentences if len(found) > LONG),
        passive=sum(bool(PASSIVE.search(one)) for one, _ in sentences),
        longest=max((len(found) for _, found in sentences), default=0),
        short=sum(len(found) <= SHORT for _, found in sentences),
        runs=tuple(chain.from_iterable(map(runs_of, blocks))),
    )


def sentences_of(block: str) -> list[tuple[str, list[str]]]:
    """The sentences of one paragraph or item, each with its words. One word alone is none."""
    found = ((one.strip(), WORD.findall(one)) for one in SENTENCE_END.split(block))
    return [(one, words) for one, words in found if len(words) > 1]


def runs_of(sentences: list[tuple[str, list[str]]]) -> list[str]:
    """Each stretch of short sentences in one paragraph that is longer than we allow."""
    stretches = (
        [one for one, _ in group]
        for is_short, group in groupby(sentences, lambda one: len(one[1]) <= SHORT)
        if is_short
    )
    return [" ".join(stretch) for stretch in stretches if len(stretch) > IN_A_ROW]
