"""Whether a few clauses of Dutch say yes, no, or *I cannot come*, and nothing else.

Everything that was said must be known: an answer is read from its beginning to its end in the
phrases below, the longest first. A word that is not in one of them, a yes beside a no, a question:
then nothing is said here, and a person reads it.
"""

import re
from collections.abc import Iterable
from enum import Enum

from kennispunt.mail.essence import without_hello


class Said(Enum):
    YES = "yes"
    NO = "no"
    CANNOT = "cannot"
    NOTHING = "nothing"  # thanks, a greeting in between
    NICE = "nice"  # before a no it is polite; behind it, surprise
    GLAD = "glad"  # only goes with a yes: see you then
    SORRY = "sorry"  # only goes with a no: what a pity


I = "(?:ik|k|ikke)"  # noqa: E741 - the Dutch word
ME = "(?:me|mij|mezelf|mijzelf)"
PLACE = (
    "(?:(?:de|deze|die|dit|dat|mijn) (?:plek|plaats|plekje|plaatsje|aanbod)"
    "|het aanbod|hem|m|'m|die)"
)
TRAINING = (
    "(?:(?:naar|bij|aan|voor|van|met|op) )?(?:de|deze|die|jullie) "
    "(?:training|avond|bijeenkomst|cursus|workshop)"
)
NEXT = "(?:de volgende|een ander|een andere partij|iemand anders|iemand|anderen|de wachtlijst)"
GLADLY = "(?:graag|graach|gaarne|geern|geerne|gaer|zeker|met plezier|wel)"

PHRASES = {
    Said.YES: [
        "ja+",
        "joa+",
        "jao+",
        "ja+h",
        "jep",
        "yep",
        "yes",
        "yess+",
        "jazeker",
        "jawel",
        "jawis",
        "nou graag",
        GLADLY.replace("|wel", ""),
        "zeker weten",
        "natuurlijk",
        "uiteraard",
        "absoluut",
        "vanzelfsprekend",
        "prima",
        "akkoord",
        "afgesproken",
        "met genoegen",
        "(?:dat |het )?is (?:goed|prima|akkoord|in orde|helemaal goed)",
        "(?:dat )?doe ik(?: graag)?",
        "doe maar",
        f"{I} doe het(?: graag)?",
        f"{I} kom(?: {GLADLY})*(?: mee| langs)?(?: {TRAINING})?(?: {GLADLY})?",
        f"kom(?: ik)?(?: {GLADLY})+",
        f"(?:dan |daar )?kom ik(?: {GLADLY})?(?: {TRAINING})?",
        f"{I} ben (?:{GLADLY} )*(?:bij|erbij|van de partij|aanwezig|present)(?: {TRAINING})?",
        f"{I} (?:zal|wil) (?:{GLADLY} )*(?:bij zijn|erbij zijn|aanwezig zijn|zijn|komen|"
        f"meedoen|deelnemen)(?: {TRAINING})?",
        f"{I} doe (?:{GLADLY} )*mee(?: {TRAINING})?",
        f"{I} ga (?:{GLADLY} )*mee",
        f"{I} neem (?:{GLADLY} )*{PLACE}(?: {GLADLY})*(?: aan)?",
        f"{I} neem (?:{GLADLY} )*deel(?: {TRAINING})?",
        f"neem {PLACE} {GLADLY}(?: aan)?",
        f"neem {I} {PLACE}(?: {GLADLY})*(?: aan)?",
        f"{I} wil(?: {GLADLY})* gebruik maken van {PLACE}",
        f"{GLADLY} wil {I} (?:komen|meedoen|deelnemen|erbij zijn|{PLACE}(?: hebben)?|"
        f"gebruik maken van {PLACE})",
        f"{I} zou {PLACE} {GLADLY} (?:willen hebben|willen)",
        f"(?:je|jullie|u) (?:kunt|kan|kunnen|mag|mogen) {ME} (?:maar )?inschrijven",
        "graag inschrijven",
        f"{I} schrijf {ME} (?:{GLADLY} )*in(?: {TRAINING})?",
        f"{I} kan(?: (?:die|deze) (?:avond|dag|datum))?(?: komen| erbij zijn| bij zijn| "
        f"aanwezig zijn)?",
        f"{PLACE} neem {I}(?: {GLADLY})*(?: aan)?",
        f"{I} wil (?:{GLADLY} )*{PLACE}(?: {GLADLY})*(?: hebben| aannemen)?",
        f"{I} wil(?: {GLADLY})+(?: komen| meedoen| deelnemen)?",
        f"wil {PLACE} {GLADLY}(?: hebben)?",
        f"{PLACE} wil {I}(?: {GLADLY})*(?: hebben)?",
        f"dat wil {I}(?: {GLADLY})*",
        f"maak {I} (?:{GLADLY} )*gebruik van {PLACE}",
        f"(?:{I} )?maak (?:{GLADLY} )*gebruik van {PLACE}",
        "daar maak ik (?:graag )?gebruik van",
        f"{I} gebruik {PLACE}(?: {GLADLY})*",
        f"{I} accepteer(?: {GLADLY})*(?: {PLACE})?(?: {GLADLY})*",
        f"{I} pak {PLACE}(?: {GLADLY})*",
        f"(?:je|jullie|u) (?:kunt|kan|kunnen|mag|mogen) op {ME} rekenen",
        f"reken(?: maar)? op {ME}",
        f"schrijf {ME}(?: maar)?(?: in)?",
        f"noteer {ME}(?: maar)?",
        f"doe {ME} {PLACE}(?: maar)?",
        f"geef {ME} {PLACE}(?: maar)?",
        f"hou(?:d|dt)? {PLACE}(?: maar)? voor {ME}(?: vrij| vast)?",
        f"reserveer {PLACE}(?: maar)?(?: voor {ME})?",
        "bevestigd",
        f"(?:{I} )?bevestig(?: ik)? (?:{GLADLY} )*(?:mijn (?:komst|deelname|"
        f"aanwezigheid)|dat ik (?:kom|erbij ben)|{PLACE})",
    ],
    Said.NO: [
        "nee+",
        "neen",
        "neeh",
        "nee+j",
        "nae+",
        "nai",
        "nei",
        "liever niet",
        "zeker niet",
        "nope",
        "(?:dit|deze) keer (?:maar |liever |even )*niet",
        "niet (?:dit|deze) keer",
        "(?:nu|voor nu) (?:even |liever )*niet",
        f"{I} hoef (?:{PLACE} )?niet(?: meer)?(?: te hebben)?",
        f"{I} hoef (?:geen plek|geen plaats)(?: meer)?(?: te hebben)?",
        "hoeft niet(?: meer)?",
        f"{I} wil (?:{PLACE} )?(?:liever )?niet(?: meer)?(?: hebben| komen)?",
        f"{PLACE} hoef {I} niet(?: meer)?",
        f"{PLACE} wil {I} niet(?: meer)?",
        f"{I} zie (?:ervan|van|hiervan|daarvan)(?: {PLACE})? af",
        f"{I} zie af van {PLACE}",
        f"{I} sla (?:(?:dit|deze|een) keer|deze|{PLACE}|deze ronde|dit) over",
        f"{I} sla over",
        f"(?:{I} )?geef {PLACE}(?: maar| graag| liever)*(?: door| weg| op)?(?: aan {NEXT})?",
        f"{PLACE} (?:mag|kan|kan beter)(?: door| dus| wel)* (?:naar|aan) {NEXT}",
        f"(?:{I} )?geef {PLACE}(?: maar)? aan {NEXT}",
        f"{I} laat {PLACE}(?: aan {ME})? (?:voorbijgaan|schieten|gaan)",
        f"{I} neem {PLACE} niet(?: aan)?",
        f"(?:{I} heb )?geen (?:interesse|belangstelling)(?: meer)?",
        f"{I} maak geen gebruik van {PLACE}",
        f"{I} kom liever een andere keer",
    ],
    Said.CANNOT: [
        f"(?:{I} )?kan(?: ik)?(?: (?:die|deze) (?:avond|dag|datum|keer)|morgen|"
        f"vanavond)? niet(?: meer)?(?: (?:komen|mee|meedoen|deelnemen|aanwezig zijn|bij "
        f"zijn|erbij zijn|bij|erbij|langskomen|zijn))?(?: {TRAINING})?",
        f"{I} kom(?: morgen| vanavond)? niet(?: meer)?(?: {TRAINING})?",
        f"kom niet(?: {TRAINING})?",
        f"(?:{I} ben|ben {I}) (?:verhinderd|afwezig)(?: {TRAINING})?",
        f"{I} ben niet",
        f"(?:{GLADLY} )?{ME} (?:graag )?afmelden",
        "graag afmelden",
        f"{I} wil {PLACE} (?:{GLADLY} )*(?:annuleren|afzeggen|opgeven|teruggeven)",
        f"{I} ben niet (?:bij|erbij|aanwezig|van de partij)(?: {TRAINING})?",
        f"{I} zal niet (?:komen|bij zijn|erbij zijn|aanwezig zijn)(?: {TRAINING})?",
        f"{I} doe niet mee(?: {TRAINING})?",
        f"{I} doe niet meer mee",
        f"(?:{I} )?moet(?: ik)? (?:{ME} )?(?:{PLACE} )?(?:afmelden|afzeggen|annuleren|"
        f"verstek laten gaan|laten schieten)(?: {TRAINING})?",
        f"(?:{I} )?meld(?: ik)? {ME} af(?: {TRAINING})?",
        f"{ME} af",
        f"(?:{I} )?zeg(?: ik)?(?: {PLACE}| de training| de avond)? af(?: {TRAINING})?",
        f"afmelden {TRAINING}",
        f"afmelding {TRAINING}",
        f"{I} wil {ME} (?:graag )?afmelden(?: {TRAINING})?",
        f"{I} wil (?:graag )?afzeggen",
        f"(?:het |'t )?lukt(?: het)?(?: {ME})? niet(?: meer)?(?: om te komen| om erbij "
        f"te zijn| die avond| die dag)?",
        f"{I} red het niet(?: meer)?",
        f"{I} haal het niet(?: meer)?",
        f"{I} annuleer(?: {PLACE}| mijn (?:inschrijving|deelname))?",
        f"{I} zie af van deelname",
        f"{I} moet (?:het )?(?:laten )?afzeggen",
        "schrijf me (?:maar )?uit",
    ],
    Said.NOTHING: [
        "(?:hartelijk |heel |erg |alvast |nogmaals |super |wel |veel )*(?:bedankt|"
        "dankjewel|dankjulliewel|dankuwel|dank (?:je|jullie|u)|dank|thanks|thx|"
        "merci)(?: wel)?(?: voor (?:het|de|je|jullie|uw|dit|deze) (?:bericht|berichtje|"
        "mail|mailtje|uitnodiging|aanbod|moeite|snelle reactie|reactie|informatie|"
        "herinnering|geduld|plek|plekje|kans|goede zorgen))?",
        "ok",
        "oke",
        "okee",
        "okay",
        "oki",
        "in reactie op je mail",
        "hoi",
        "hallo",
        "en",
        "met dank",
        "bij deze",
        "hierbij",
        "mijn antwoord is",
        "mijn antwoord",
        "antwoord",
        "mijn reactie",
    ],
    Said.NICE: [
        "(?:helemaal )?(?:top|goed)",
        "super",
        "geweldig",
        "fantastisch",
        "perfect",
        "mooi zo",
        "(?:wat )?(?:een )?(?:super|leuk|fijn|mooi|goed|heel goed|lief|attent)(?: "
        "nieuws| bericht| aanbod)?",
        "goed om te horen",
        "dat is (?:mooi|fijn|leuk|top)",
    ],
    Said.GLAD: [
        "tot dan",
        "tot (?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|morgen|"
        "vanavond|gauw|snel|op de training|in de zaal|de training|volgende week)",
        f"{I} heb (?:veel |echt )*zin in",
        "(?:veel |erg veel )?zin in",
        f"{I} kijk (?:naar uit|ernaar uit|uit naar de training)",
        "leuk dat het (?:nog )?lukt",
        "wat leuk dat het (?:nog )?lukt",
        "(?:wat )?fijn dat (?:er )?(?:nog )?plek is",
        "fijn dat er (?:nog )?een plek is",
        "fijn dat (?:nog )?(?:een )?plek is",
        f"{I} zie jullie",
        "graag tot dan",
        "kom maar op",
    ],
    Said.SORRY: [
        "sorry(?: voor (?:het ongemak|de late afmelding))?",
        "excuses",
        "mijn excuses",
        "jammer",
        "(?:wat|heel|erg|echt|zo)* ?jammer",
        "spijtig",
        "volgende keer (?:beter|weer|graag)",
        "succes",
        "(?:misschien|hopelijk|graag)(?: tot)?(?: een)? (?:volgende|andere) keer(?: wel| weer)?",
        "een (?:volgende|andere) keer (?:graag|weer|misschien)",
        "veel plezier",
        f"{I} heb (?:al )?(?:een )?(?:andere? (?:afspraak|verplichting|verplichtingen|"
        f"vergadering)|iets anders|raadsvergadering|fractievergadering)",
        "(?:is|kwam) iets tussen(?:gekomen)?",
        f"{I} moet werken",
        f"{I} ben (?:ziek|grieperig|op vakantie|weg|in het buitenland)",
        "(?:wegens|door|vanwege) (?:ziekte|omstandigheden|vakantie|werk|drukte|griep|privezaken)",
    ],
}

# Only when nothing else stands in the clause: "niet afmelden", "niet verhinderd" say the reverse.
ALONE = {
    "niet": Said.NO, "afmelden": Said.CANNOT, "afmelding": Said.CANNOT, "afgemeld": Said.CANNOT,
    "verhinderd": Said.CANNOT, "ja ik wil": Said.YES,
}  # fmt: skip

# Words that change nothing of what is said.
_FILLING = re.compile(
    r"\b(?:hoor|heel|erg|zeer|hele|gewoon|echt|toch|dan|er|hierbij|bij deze|dus|tige|even|ook|wel"
    r" degelijk|heul|keigraag|alsnog|nog steeds)\b"
)
_SAD = re.compile(r"\b(?:helaas|jammer genoeg|spijtig genoeg|helaas pindakaas)\b")
_BETWEEN = re.compile(r"\b(?:en|maar|dus|want|dan)\b")
_SURPRISE = re.compile(
    r"nee+ maar(?! (?:bedankt|dank|helaas|toch))"
)  # "Nee maar, wat leuk" is no no
_ALL = [
    (said, re.compile(rf"(?:{phrase})(?![\w'?])"))
    for said, ones in PHRASES.items()
    for phrase in ones
]


def said(clauses: Iterable[str]) -> Said | None:
    """YES, NO or CANNOT, when that and nothing else is said. None: a person reads it."""
    found = []
    for clause in clauses:
        meanings = read(clause)
        if meanings is None:
            meanings = read(without_hello.sub("", clause))
        if meanings is None:
            return None
        found += meanings
    if Said.YES in found:
        return Said.YES if not {Said.NO, Said.CANNOT, Said.SORRY} & set(found) else None
    no = next((at for at, meaning in enumerate(found) if meaning in (Said.NO, Said.CANNOT)), None)
    if no is None or Said.GLAD in found or Said.NICE in found[no:]:
        return None
    return Said.CANNOT if Said.CANNOT in found else Said.NO


def read(clause: str) -> list[Said] | None:
    """Return what a clause says, phrase by phrase; None when a word of it is not known."""
    if _SURPRISE.match(clause):
        return None
    found = [Said.SORRY] if _SAD.search(clause) else []
    rest = _squeezed(_SAD.sub(" ", re.sub(r"\bnie\b", "niet", clause)))
    for words in (rest, _squeezed(_FILLING.sub(" ", rest))):
        if words in ALONE:
            return [*found, ALONE[words]]
        if (meanings := _phrases(words)) is not None:
            return found + meanings
    return None


def _phrases(words):
    """The phrases that these words consist of, the longest first; small words may join two."""
    found = []
    while words:
        matches = [(match.end(), said) for said, phrase in _ALL if (match := phrase.match(words))]
        if matches:
            end, meaning = max(matches, key=lambda one: one[0])
            found.append(meaning)
            words = words[end:].strip()
            continue
        small = _BETWEEN.match(words)
        words = words[small.end() :].strip() if small else ""
        if not words:
            return None
    return found


def _squeezed(words):
    return re.sub(r"\s+", " ", words).strip()
