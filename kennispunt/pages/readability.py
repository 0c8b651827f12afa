"""How easy a Dutch text reads, in four numbers. They warn; a person who reads aloud decides.

Flesch-Douma: 206.84 - 77 x syllables per word - 0.93 x words per sentence (Douma, 1960). Above 60
counts as ordinary Dutch. B1 is more than a formula: we ask all four at once, with the limits of the
editors' own guide (12 words in a sentence on average, few above 20, active).
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

LONG = 20  # words
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
    def passive_share(self) -> float:
        return 100 * self.passive / max(1, self.sentences)

    @property
    def advice(self) -> list[str]:
        """What is above the limits, in words for who wrote it. Empty: it reads as B1."""
        found = []
        if self.per_sentence > 12:
            found.append(f"Gemiddeld {self.per_sentence:.0f} woorden per zin: knip. Hooguit 12.")
        if self.long_share > 5:
            number = len(self.long_sentences)
            noun = "zin" if number == 1 else "zinnen"
            found.append(f"{number} {noun} van meer dan {LONG} woorden: knip.")
        if self.score < 60:
            found.append("Veel lange woorden: kies kortere.")
        if self.passive_share > 10:
            found.append(f"{self.passive} lijdende zinnen (worden): zeg wie het doet.")
        return found


class Sentences(HTMLParser):
    """The running text of our HTML: not its tables, and each block on a line of its own."""

    BLOCKS = {"p", "li", "h3", "ul", "ol", "div", "summary"}

    def __init__(self, html):
        super().__init__()
        self.text, self.tables = [], 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tables += tag == "table"
        if tag in self.BLOCKS:
            self.text.append("\n")

    def handle_endtag(self, tag):
        self.tables -= tag == "table"
        if tag in self.BLOCKS:
            self.text.append("\n")

    def handle_data(self, data):
        if not self.tables:
            self.text.append(" ".join(data.split("\n")))


def syllables(word: str) -> int:
    return max(1, len(VOWELS.findall(word.lower())))


def measure(html: str) -> Readability:
    """The numbers of a text as a reader sees it."""
    text = "".join(Sentences(html).text)
    sentences = [(one.strip(), WORD.findall(one)) for one in SENTENCE_END.split(text)]
    sentences = [(one, words) for one, words in sentences if len(words) > 1]
    words = [word for _, found in sentences for word in found]
    return Readability(
        words=len(words),
        sentences=len(sentences),
        syllables=sum(map(syllables, words)),
        letters=sum(map(len, words)),
        long_sentences=tuple(one for one, found in sentences if len(found) > LONG),
        passive=sum(bool(PASSIVE.search(one)) for one, _ in sentences),
    )
