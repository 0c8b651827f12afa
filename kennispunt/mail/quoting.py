"""The words of the writer, apart from everything that their mail program put around them.

Nothing is thrown away: the pieces together are the whole text. Rules look at whole lines, so that
"Bedankt, we komen" stays an answer. When in doubt a line stays text: too much to read is better
than an answer that nobody sees.
"""

import re
from dataclasses import dataclass

TEXT, QUOTE, SIGNATURE = "text", "quote", "signature"


@dataclass(frozen=True)
class Piece:
    """Some lines: what was written now, what was written before, or a signature."""

    kind: str
    text: str


def pieces(text: str) -> list[Piece]:
    """The text in order, each piece with what it is."""
    lines = text.split("\n")
    kinds = _kinds(lines)
    _sign(lines, kinds)
    _close_gaps(lines, kinds)
    found, start = [], 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or kinds[end] != kinds[start]:
            if any(line.strip() for line in lines[start:end]):
                found.append(Piece(kinds[start], "\n".join(lines[start:end]).strip("\n")))
            start = end
    return found


def written(found: list[Piece]) -> str:
    """Only what was written now."""
    return "\n\n".join(piece.text.strip() for piece in found if piece.kind == TEXT)


# --- What came before -----------------------------------------------------------------------------

_DAY = (
    r"(?:\d{1,2}\b|\d{4}-"
    r"|ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
    r"|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_WROTE = re.compile(
    r"(?:"
    # Op di 24 nov 2026 om 10:12 schreef Anna <anna@example.org>: (Gmail, Thunderbird, webmail)
    # Op 24 nov. 2026 om 10:12 heeft Anna <…> het volgende geschreven: (Apple)
    rf"op {_DAY}.{{0,300}}?\b(?:schreef|heeft)\b.{{0,200}}:"
    # Anna Bakker schreef op 24-11-2026 10:12: (Roundcube)
    rf"|.{{1,120}} schreef op {_DAY}.{{0,60}}:"
    # Anna Bakker <anna@example.org> schreef:
    r"|[^:]{1,120}<[^<>\s]+@[^<>\s]+> (?:schreef|wrote):"
    rf"|on {_DAY}.{{0,250}}?\bwrote:"
    r"|am .{1,200}\bschrieb\b.{0,150}:"
    r"|le .{1,200}\ba écrit ?:"
    r")",
    re.IGNORECASE,
)
_WROTE_BEGINS = re.compile(r"(?:op|on|am|le) \S|.{1,120}(?:schreef|<\S+@\S+>)", re.IGNORECASE)
WRAPPED = 4  # a line "Op … schreef …:" is broken by mail programs into at most this many
LONGEST = 500  # characters of it: no rule may take long over a line made to be slow

# Before a message that is quoted or passed on whole.
_RULER = re.compile(
    r"[-_* ]{2,}\s?(?:oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|"
    r"original message|forwarded message|original-nachricht|ursprüngliche nachricht)\s?[-_* ]{2,}"
    r"|(?:begin doorgestuurd bericht|begin forwarded message) ?:"
    r"|-{2,} ?(?:antwoord|reply) boven deze regel.*",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(?:van|from|von|de)\*? ?:\*?\s*\S.*", re.IGNORECASE)
_FIELD = re.compile(
    r"\*?(?:verzonden|verstuurd|gestuurd|datum|aan|onderwerp|cc|bcc|antwoord aan|prioriteit"
    r"|urgentie|bijlagen?|sent|date|to|subject|reply-to|importance|gesendet|an|betreff|objet|envoyé|à)"
    r"\*? ?:\*?(?:\s.*|$)",
    re.IGNORECASE,
)
_UNDERSCORES = re.compile(r"_{20,}")


def _kinds(lines):
    """TEXT or QUOTE for every line."""
    kinds, number = [TEXT] * len(lines), 0
    while number < len(lines):
        if lines[number].lstrip().startswith(">"):
            kinds[number] = QUOTE
        elif length := _introduction(lines, number):
            kinds[number : number + length] = [QUOTE] * length
            number += length
            if _without_marks(lines, number):
                kinds[number:] = [QUOTE] * (len(lines) - number)
                break
            continue
        number += 1
    return kinds


def _introduction(lines, number):
    """Count the lines here that say that an older message follows; 0 when they do not."""
    line = lines[number].strip()
    if not line:
        return 0
    if _RULER.fullmatch(line):
        return 1
    if _UNDERSCORES.fullmatch(line):
        following = _next_line(lines, number + 1)
        return following - number if _is_header(lines, following) else 0
    if _is_header(lines, number):
        return 1
    if _WROTE_BEGINS.match(line):
        joined = ""
        for length in range(1, WRAPPED + 1):
            if number + length > len(lines) or not lines[number + length - 1].strip():
                return 0
            joined = f"{joined} {lines[number + length - 1].strip()}".strip()
            if len(joined) > LONGEST:
                return 0
            if joined.endswith(":") and _WROTE.fullmatch(joined):
                return length
    return 0


def _is_header(lines, number):
    """Does "Van: …" stand here, with at least two other fields in the lines below it?"""
    if number >= len(lines) or not _FROM.fullmatch(lines[number].strip()):
        return False
    below = [line.strip() for line in lines[number + 1 : number + 9]]
    return sum(bool(_FIELD.fullmatch(line)) for line in below) >= 2


def _next_line(lines, number):
    while number < len(lines) and not lines[number].strip():
        number += 1
    return number


def _without_marks(lines, number):
    """Is what follows the older message itself, and not marked with ">"?"""
    following = _next_line(lines, number)
    return following < len(lines) and not lines[following].lstrip().startswith(">")


# --- Signatures -----------------------------------------------------------------------------------

_DASHES = re.compile(r"--\s?|__\s?")
_DEVICE = re.compile(
    r"(?:verzonden|verstuurd|gestuurd|sent|gesendet|envoyé)"
    r" (?:vanaf|vanuit|met|via|from|with|von|mit|depuis) .{2,60}"
    r"|.{0,30}\boutlook voor (?:ios|android|mac|windows)\b.{0,80}|get outlook for .{2,80}"
    r"|(?:download|haal) .{0,20}outlook .{2,80}|(?:mail|e-mail) voor windows(?: 10| 11)?",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:met )?(?:de )?"
    r"(?:vriendelijke?|hartelijke?|lieve|warme|beste|sportieve|collegiale|zonnige|politieke)"
    r" (?:groet(?:en|jes)?|regards)\b.{0,40}"
    r"|m\.?v\.?g\.?,?(?: .{1,40})?|(?:groet(?:en|jes)?|gr)[.,]*(?: (?!aan\b).{1,30})?"
    r"|hoogachtend,?|(?:kind|best|warm) regards,?|mit freundlichen grüßen,?",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\*?disclaimer\*?\b.*"
    r"|(?:dit|deze) (?:e-?mail|e-?mailbericht|bericht)\b"
    r".{0,120}(?:vertrouwelijk|uitsluitend|geadresseerde|bestemd).*"
    r"|de (?:informatie|inhoud) (?:in|van) (?:dit|deze) (?:e-?mail|bericht).*"
    r"|this (?:e-?mail|message)\b.{0,120}(?:confidential|intended).*",
    re.IGNORECASE,
)


def is_from_a_program(line: str) -> bool:
    """Whether a telephone or mail program puts this below a letter."""
    return bool(_DEVICE.fullmatch(line))


def is_disclaimer(line: str) -> bool:
    """The beginning of what an organisation puts below a letter."""
    return bool(_DISCLAIMER.fullmatch(line))


_AFTERTHOUGHT = re.compile(r"p\.?s\.?\b.*|n\.?b\.?\b.*", re.IGNORECASE)
SIGNED_BY = 14  # lines of a name, a role, telephone numbers and an address
SENTENCE = 6  # words
LONG = 90  # a line of a signature is short; a longer one is probably an answer


def _sign(lines, kinds):
    """Mark what stands under each stretch of text: a greeting and a name, a telephone."""
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and kinds[end] == kinds[start]:
            end += 1
        if kinds[start] == TEXT:
            _sign_stretch(lines, kinds, start, end)
        start = end


def _sign_stretch(lines, kinds, start, end):
    written_so_far = False
    number = start
    while number < end:
        line = lines[number].strip()
        if _DASHES.fullmatch(line) or (written_so_far and _DISCLAIMER.fullmatch(line)):
            kinds[number:end] = [SIGNATURE] * (end - number)
            return
        if _DEVICE.fullmatch(line):
            kinds[number] = SIGNATURE
        elif written_so_far and _is_closing(lines, number, end):
            number = _mark_name(lines, kinds, number, end)
            continue
        elif line:
            written_so_far = True
        number += 1


def _is_closing(lines, number, end):
    """A greeting, with few and short lines below it before anything that was added?"""
    if not _GREETING.fullmatch(lines[number].strip()):
        return False
    seen = 0
    for line in map(str.strip, lines[number + 1 : end]):
        if _DISCLAIMER.fullmatch(line) or _DASHES.fullmatch(line) or _is_afterthought(line):
            return True
        seen += bool(line)
        if seen > SIGNED_BY or len(line) > LONG:
            return False
    return True


def _is_afterthought(line):
    """A postscript, or a sentence: more words than a name, a role or a motto has."""
    return bool(_AFTERTHOUGHT.fullmatch(line)) or (
        line.endswith((".", "?")) and len(line.split()) >= SENTENCE
    )


def _mark_name(lines, kinds, number, end):
    """Mark a greeting and the name below it, up to an afterthought."""
    while number < end and not _is_afterthought(lines[number].strip()):
        kinds[number] = SIGNATURE
        number += 1
    return number


def _close_gaps(lines, kinds):
    """An empty line belongs to what stands above it."""
    for number in range(1, len(lines)):
        if not lines[number].strip():
            kinds[number] = kinds[number - 1]
