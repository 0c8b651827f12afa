"""The rest of a letter without greeting, closing and name: for a program that acts on it.

`quoting` shows a reader what was written and hides the rest; when it hides too much, somebody can
look. Here nobody looks: a line that is neither greeting, closing, nor the known name of its sender
is part of the answer, or makes the whole letter something for a person (None).
"""

import re
import unicodedata
from collections.abc import Iterable

from kennispunt.mail.parsing import Message
from kennispunt.mail.quoting import QUOTE, SIGNATURE, is_disclaimer, is_from_a_program

LONGEST = 200  # characters of an answer that still can be plain


def essence(message: Message, *, names: Iterable[str] = ()) -> list[str] | None:
    """The clauses that somebody wrote, in plain lower case. None: a person must read it.

    `names`: what the sender is called, as far as we know.
    """
    if message.forwarded:
        return None
    reader = _Reader(known_words([*names, message.sender_name, message.sender.partition("@")[0]]))
    for piece in message.pieces:
        if piece.kind != QUOTE and not reader.reads(piece):
            return None
    clauses = reader.clauses
    return clauses if clauses and sum(map(len, clauses)) <= LONGEST else None


def clauses_of(text: str) -> list[str]:
    """A text in parts between signs, in lower case and without accents. "?" stays: it is doubt."""
    parts = re.split(r"[.!,;:()\n\u2026]+|\s[-\u2013\u2014/]+\s|[-\u2013\u2014]+$", plain(text))
    return [part for part in (re.sub(r"\s+", " ", one).strip(" -'") for one in parts) if part]


def plain(text: str) -> str:
    """Lower case, without accents, stress and signs of joy; a sad face is a word."""
    text = unicodedata.normalize("NFD", text.lower().replace("\u2019", "'").replace("\u2018", "'"))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = re.sub(r"[*_\"\u201c\u201d\u201e\u00ab\u00bb`]", "", text)
    text = _SHORT.sub(lambda match: re.sub(r"\W", "", match[0]) + " ", text)
    text = _SMILEY.sub(" ", text)
    return "".join(map(_sign, text))


_SHORT = re.compile(r"\b(?:l\. ?s|m\. ?v\. ?g|vr\. ?gr|h\. ?gr|hartel\. ?gr)\b\.?")
_SMILEY = re.compile(r"(?<!\S)[:;]-?[)d](?!\S)|(?<=[a-z!.])\s?[:;]-?\)")
_SAD = set("😢😭😞😔🙁☹😕😟😣😥👎❌🚫⛔🤒🤧🙅🤷")


def _sign(sign):
    if sign in _SAD:
        return " helaas "
    if sign in "🤔❓❔⁉":
        return " ? "
    return " " if unicodedata.category(sign) in {"So", "Sk", "Cf", "Co"} else sign


def known_words(names: Iterable[str]) -> set[str]:
    """The words of somebody's names."""
    return {word for name in names for word in re.findall(r"[a-z]{2,}", plain(name))}


# --- Line by line ---------------------------------------------------------------------------------


class _Reader:
    """Goes through the lines: first a greeting, then an answer, then a closing and a name."""

    def __init__(self, known):
        self.known, self.clauses, self.closed, self.named = known, [], False, False

    def reads(self, piece) -> bool:
        """Take up a piece. False: something stands in it that a person must read."""
        disclaimed = False
        for line in map(str.strip, piece.text.split("\n")):
            # Of a disclaimer the lines below are long, or speak of what it is about.
            disclaimed = disclaimed and bool(not line or len(line) > 60 or _DISCLAIMER.search(line))
            if not line or disclaimed or _FOOTER.fullmatch(line) or is_from_a_program(line):
                continue
            if piece.kind == SIGNATURE and is_disclaimer(line):
                disclaimed = self.closed = True
            elif piece.kind == SIGNATURE and re.fullmatch(r"[-_]{2}", line):
                self.closed = True
            elif not (self._signs(line) if self.closed else self._says(line)):
                return False
        return True

    def _says(self, line):
        if self._is_name(line) and self.clauses:
            self.closed = self.named = True
            return True
        for number, clause in enumerate(clauses_of(line)):
            if not self.clauses and _is_greeting(clause):
                continue
            closing = _CLOSING.match(clause) or (self._is_name(clause) and _NOTHING.match(clause))
            if self.clauses and closing:
                self.closed = True
                rest = [clause[closing.end() :], *clauses_of(line)[number + 1 :]]
                return all(not one.strip() or self._ends(one) for one in rest)
            self.clauses.append(clause)
        return True

    def _ends(self, clause):
        """Return what stands behind "groetjes" on its line: the name, or one more closing."""
        clause = clause.strip().removeprefix("en ")
        return bool(_CLOSING.fullmatch(clause)) or self._is_name(clause)

    def _signs(self, line):
        """Is this a line of a signature: a closing, a name, a role, a telephone?"""
        if len(line) > 200:
            return False
        clauses = clauses_of(line)
        if not clauses or all(map(_CLOSING.fullmatch, clauses)) or self._is_name(line):
            self.named = self.named or self._is_name(line)
            return True
        if (closing := _CLOSING.match(clauses[0])) and self._is_name(clauses[0][closing.end() :]):
            self.named = True
            return all(map(self._is_name, clauses[1:]))
        words = set(re.findall(r"[a-z']+", plain(line)))
        if "?" in re.sub(r"\S*://\S*|\S*\.\S*", "", line) or words & ANSWERS:
            return False
        if _CONTACT.search(line) or words & _ROLES:
            return True
        # The first name must be theirs: signing with another name is answering for somebody else.
        return bool(self.named and len(words) <= 7 and _TITLED.fullmatch(line))

    def _is_name(self, text):
        """Nothing but names of the sender that we know, or their first letters."""
        words = re.findall(r"[a-z]+", plain(text))
        if not words or re.search(r"[?\d@]", text):
            return False
        letters = {word[0] for word in self.known}
        real = [word for word in words if word not in _PARTICLES]
        full = [word for word in real if len(word) > 1]
        return (
            bool(real)
            and all(word in self.known if len(word) > 1 else word in letters for word in real)
            and bool(full or len(words) == 1)
        )


_PARTICLES = {"van", "de", "den", "der", "het", "ter", "ten", "te", "in", "la", "el"}

# Words with which somebody says something: a line with one of them is no name.
_ANSWERS = """
ja nee neen niet nooit geen niks niets toch maar mits als tenzij alleen pas later eerder wel
kan kon kun kunt kunnen kom komt komen kwam ga gaat gaan wil wilt willen neem neemt nemen mag
mogen moet moeten zal zou zullen zouden of want omdat dus mijn onze collega iemand plaats plek
ik wij we jij jullie je hij zij ze dit dat deze die ook graag misschien twijfel afmelden
afgemeld afzeggen annuleren ziek verhinderd afwezig vakantie morgen vandaag liever helaas prima
akkoord zeker natuurlijk uiteraard absoluut bedankt dank sorry excuses lukt hoef laat geef
voorbehoud onder tot wacht bel bellen me even stuur volgend volgende annuleer meld afmelding
afgezegd zeg doe top oke ok zet vraag weet nog zijn heb heeft hebben maandag dinsdag woensdag
donderdag vrijdag zaterdag zondag ps nb
"""
ANSWERS = frozenset(_ANSWERS.split())
_ROLE_WORDS = """
voorzitter vicevoorzitter secretaris penningmeester bestuurslid bestuur raadslid commissielid
fractie fractievoorzitter fractielid fractieondersteuner fractieassistent steunfractielid
wethouder lijsttrekker statenlid vrijwilliger lid namens afdeling partij lokaal burgerraadslid
duoraadslid schaduwraadslid gemeente raad gemeenteraad
"""
_ROLES = frozenset(_ROLE_WORDS.split())
_CONTACT = re.compile(
    r"\S+@\S+\.\S+|https?://|www\.|\b[\w-]+\.(?:nl|frl|com|eu|org)\b"
    r"|^\W{0,3}(?:[tme]|tel|mob|mobiel|telefoon|mail|e-?mail|kvk|iban|postbus)\b\.?\s?:?.*\d"
    r"|\+?\d[\d\s().-]{7,}\d|\b\d{4}\s?[A-Z]{2}\b|(?-i:^[A-Z][\w' .-]{2,40} \d{1,4}\s?[a-zA-Z]?$)",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"vertrouwelijk|geadresseerde|bestemd|verwijder|afzender|aansprakelijk|ontvang|rechten|openbaar"
    r"|disclaimer|inhoud|confidential|intended|recipient|delete",
    re.IGNORECASE,
)
_NOTHING = re.compile("")
# A name, a party, a street: each word with a capital, but for the small ones between.
_CAPITAL = (
    r"(?:[A-Z0-9\u00c0-\u00de'\"(&|/\u2019-][\w.,&'\u2019()/-]*"
    r"|van|de|den|der|het|'t|en|in|te|voor|ter|ten|op|aan|[-&|/+\u2022\u00b7])"
)
_TITLED = re.compile(rf"{_CAPITAL}(?:\s+{_CAPITAL})*")
_FOOTER = re.compile(
    r"\[[^\]]{0,80}\](?:\s?<\S{0,300}>)?|<?https?://\S{1,300}>?|[-_=*~.\u2022 ]+"
    r"|virus-?vrij\W{0,3}(?:www\.)?\S{0,60}.{0,80}"
    r"|(?:deze|dit) (?:e-?mail|bericht) is (?:gecontroleerd|gescand).{0,100}"
    r"|(?:verstuurd|verzonden|gestuurd|getypt|sent).{0,60}\b(?:iphone|ipad|telefoon|mobiel|tablet"
    r"|samsung|galaxy|huawei|android|outlook|mail|gmail|ios|windows|xiaomi|fairphone)\b.{0,60}"
    r"|denk aan het milieu.{0,100}|think before you print.{0,60}",
    re.IGNORECASE,
)

# --- Greetings and closings -----------------------------------------------------------------------

_HELLO = (
    r"(?:hoi|hallo|hello|hi|hai|hey|hee+j?|he|moi|mojn?|moin|haai|dag|goeiedag|goedendag|goeiendag"
    r"|beste|geachte|lieve|waarde|goe(?:de|i|ie)n? ?(?:morgen|middag|avond|dag)"
    r"|goedemo(?:rn|rge|rgen)|goeie|ls|l s|gegroet|hooi|hallootjes)"
)
_TO = (
    r"allemaal|allen|mensen|team|heer|mevrouw|dames|heren|collegas?|collega's|redactie|organisatie"
    r"|kennispunt|lokale|politieke|partijen|medewerkers?|lezer|van|het|de|en|daar|bestuur|jongens"
    r"|lui|vrienden|trainers?|iedereen"
)
_GREETING = re.compile(rf"{_HELLO}(?: (?:{_TO}|[a-z'/]+))*")


def _is_greeting(clause):
    """A greeting, to people whose names are no words of an answer."""
    if not _GREETING.fullmatch(clause):
        return re.fullmatch(r"(?:dames|heren|mevrouw|heer|team)(?: .{1,20})?", clause) is not None
    words = re.split(r"[ /]", clause)[1:]
    strange = [word for word in words if not re.fullmatch(_TO, word)]
    return len(strange) <= 3 and not set(words) & ANSWERS


without_hello = re.compile(rf"^{_HELLO} ")

_CLOSING = re.compile(
    r"(?:(?:alvast |nogmaals )?(?:bedankt|dank|dank je|dankjewel) en )?"
    r"(?:(?:met |mt )?(?:de |een )?(?:aller)?(?:vriendelijke?|hartelijke?|lieve|warme|beste"
    r"|sportieve|collegiale|zonnige|politieke|hele?|fijne|goede|veel|vr|vrdl|vriend|harte?l|lokale)"
    r" ?(?:groet(?:en|jes|je)?|gr)|groet(?:en|jes|je)?|groetn|grtn?|grtz|grtjs|gr|hgr|vrgr|mvg"
    r"|m v g|hoogachtend|liefs|kusjes?|x{1,4}|doei|doeg|ciao|houdoe|hoje|moi|tot ziens|de groeten"
    r"|(?:een )?(?:fijne?|prettige?|goede?|mooie?|leuke?|gezellige?) "
    r"(?:dag|avond|week|weekend|weekeinde|feestdagen|kerst|zondag|zaterdag|middag|ochtend)"
    r"(?: (?:nog|verder|gewenst|toegewenst|allemaal))*)"
    r"(?: (?:uit|vanuit) [a-z' -]{2,25}$)?(?: (?:van|namens))?(?![a-z'])"
)
