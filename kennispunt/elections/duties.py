"""The dated duties of an election: what must happen how many days from which day, by which law.

One line per duty; calendar.py counts the days. The names are those that texts use ({{dag: registratie}})
and that addresses and agendas refer to: they never change.
"""

# ruff: noqa: E501 - one duty reads as one row of a table

from dataclasses import dataclass

COUNCILS = frozenset({"GR", "PS", "WS", "ER", "KC", "HERINDELING"})
EVERY = COUNCILS | {"TK", "EP"}

PARTY = "partij"
BUREAU = "centraal stembureau"

# The three situations a party can be in; they have different duties, deposits and declarations.
NEW, SEATED, JOINED = "nieuw", "zetel", "samen"
ALL_PARTIES = frozenset({NEW, SEATED, JOINED})
WITHOUT_SEAT = frozenset({NEW, JOINED})
NO_PARTY = frozenset()  # only in the list of all days

NOT_LATER, ON, FROM, NOT_BEFORE = "uiterlijk", "op", "vanaf", "niet eerder dan"


@dataclass(frozen=True, slots=True)
class Duty:
    """One dated duty.

    `offset` is in calendar days from `anchor`: D, the day of nomination, or S, the day of voting.
    `article` is a citation, or one per kind of election; so is `note`, what to watch for.
    `since` is the first year it holds.
    `moves`: whether Kieswet Z 12 moves it off a weekend or holiday.
    """

    name: str
    anchor: str
    offset: int
    what: str
    article: str | dict[str, str]
    who: str = BUREAU
    hour: str = ""
    bound: str = ON
    certainty: str = "hoog"
    kinds: frozenset[str] = EVERY
    situations: frozenset[str] = ALL_PARTIES
    since: int = 2014
    moves: bool = True
    note: str | dict[str, str] = ""

    def note_for(self, kind: str) -> str:
        return self.note if isinstance(self.note, str) else self.note.get(kind, "")

    def cite(self, kind: str) -> str:
        return self.article if isinstance(self.article, str) else self.article[kind]


REGISTER = {
    "GR": "Kieswet G 3 lid 1",
    "HERINDELING": "Kieswet G 3 lid 1; Wet arhi 55",
    "PS": "Kieswet G 2 lid 1",
    "WS": "Kieswet G 2a lid 1",
    "ER": "Kieswet G 3 lid 1, Ya 13",
    "KC": "Kieswet G 2 lid 1, Ya 22, Ya 25 lid 1",
    "TK": "Kieswet G 1 lid 1",
    "EP": "Kieswet G 1, Y 2",
}
DEPOSIT = {
    "GR": "Kieswet H 14; Kiesbesluit H 3",
    "HERINDELING": "Kieswet H 14; Kiesbesluit H 3",
    "PS": "Kieswet H 13; Kiesbesluit H 3",
    "WS": "Kieswet H 13a; Kiesbesluit H 3",
    "ER": "Kieswet Ya 17; Kiesbesluit H 3",
    "KC": "Kieswet Ya 17, Ya 28; Kiesbesluit H 3",
    "TK": "Kieswet H 12; Kiesbesluit H 3",
    "EP": "Kieswet H 12, Y 2; Kiesbesluit H 3",
}
# Names that hold here too: those of the Tweede Kamer; in a gemeente those of its province as well
# (G 2(8) speaks of the gemeenteraad alone); on an island the eilandsraad is read as one (Ya 13).
CARRIED = {
    "GR": "Kieswet G 1 lid 8, G 2 lid 8",
    "HERINDELING": "Kieswet G 1 lid 8, G 2 lid 8",
    "PS": "Kieswet G 1 lid 8",
    "WS": "Kieswet G 1 lid 8",
    "ER": "Kieswet G 1 lid 8, Ya 13",
    "KC": "Kieswet G 1 lid 8, Ya 15 lid 3, Ya 26 lid 1",
}
REFUSED = dict.fromkeys(("GR", "HERINDELING", "PS", "WS"), "Kieswet G 4 lid 3") | {
    "ER": "Kieswet G 4 lid 3, Ya 13",
    "KC": "Kieswet Ya 26 lid 3",
}
TO_VOTERS = frozenset({"GR", "HERINDELING", "PS", "WS", "TK"})
LEAVING = {
    "GR": "Kieswet C 4; Gemeentewet 18",
    "PS": "Kieswet C 4",
    "WS": "Kieswet C 4",
    "ER": "Kieswet C 4, Ya 13",
    "KC": "Kieswet C 4, Ya 22",
}

# A request that misses one piece does not count (Kieswet G 2(1), G 2a(1), G 3(1)).
COMPLETE = "Je verzoek moet die dag compleet zijn. Vraag de sluitingstijd van de balie na."
REGISTERED = dict.fromkeys(EVERY, COMPLETE) | {
    "HERINDELING": f"{COMPLETE} De provincie kan een andere dag kiezen (Wet arhi 55 lid 3)."
}
# Kieswet H 4(2), H 4(3); on the islands the bestuurskantoor is the town hall (Ya 3).
SIGNED = "Elke kiezer tekent zelf, in het gemeentehuis van zijn eigen gemeente, met een identiteitsbewijs."
ON_ISLAND = "Elke kiezer tekent zelf, op het bestuurskantoor van het eiland, met een identiteitsbewijs (Kieswet Ya 3)."
SIGNING = {
    "GR": f"{SIGNED} Alleen wie in deze gemeente als kiezer staat, telt mee.",
    "HERINDELING": "Elke kiezer tekent zelf, met een identiteitsbewijs. Vraag het centraal stembureau in welk gemeentehuis kiezers "
    "uit elk van de gemeenten tekenen.",
    "PS": f"{SIGNED} Alleen wie in die kieskring als kiezer staat, telt mee.",
    "WS": f"{SIGNED} Alleen wie in dit waterschap als kiezer staat, telt mee.",
    "ER": ON_ISLAND,
    "KC": ON_ISLAND,
    "TK": f"{SIGNED} Alleen wie in die kieskring als kiezer staat, telt mee.",
    "EP": SIGNED,
}
# New members are admitted by the old ones, before they leave (Kieswet V 3, V 4, V 12, V 15).
PAPERS = (
    "Stuur een lijst mee van al je openbare functies en, als je nu geen lid bent, een afschrift uit de basisregistratie. "
    "De termijn is tien dagen na de datum op je eigen brief; we gaan uit van de vroegste."
)
OLD = {
    "GR": "de oude gemeenteraad beslist",
    "PS": "de oude Staten beslissen",
    "WS": "het oude bestuur van het waterschap beslist",
    "ER": "de oude eilandsraad beslist",
    "KC": "het oude kiescollege beslist",
}
ADMITTED = {
    kind: f"Wacht hier niet op: {old} over je toelating in de laatste vergadering vóór het aftreden. {PAPERS}"
    for kind, old in OLD.items()
} | {
    "HERINDELING": "Wacht hier niet op: de raad van de gemeente die blijft, of anders van de grootste gemeente, onderzoekt je "
    f"stukken vóór een dag die de provincie kiest (Wet arhi 56 lid 2). {PAPERS}"
}

DUTIES = (
    Duty("registratie", "D", -42, "Laatste dag om de naam van je partij te registreren", REGISTER, PARTY,
         bound=NOT_LATER, situations=WITHOUT_SEAT, note=REGISTERED),
    Duty("doorwerking", "D", -40, "Het centraal stembureau maakt bekend welke namen ook hier gelden",
         CARRIED, kinds=frozenset(CARRIED), situations=NO_PARTY),
    Duty("doorwerking-besluit", "D", -26, "Laatste dag om te besluiten dat een naam hier niet geldt",
         REFUSED, bound=NOT_LATER, kinds=frozenset(REFUSED), situations=NO_PARTY,
         note="Veertien dagen na de bekendmaking, als die op haar vaste dag was."),
    Duty("aankondiging", "D", -21, "Plaats en tijd van inleveren zijn bekend en de formulieren liggen klaar",
         "Kieswet H 1 lid 2; Kiesbesluit H 1", bound=NOT_LATER),
    Duty("waarborgsom", "D", -14, "De waarborgsom voor de lijst is betaald", DEPOSIT, PARTY,
         bound=NOT_LATER, situations=WITHOUT_SEAT,
         note="Het geld moet die dag op de rekening staan, met de woorden ‘waarborgsom kandidaatstelling’. "
         "Ontbreekt het bewijs? Dan kun je dat op de hersteldagen nog goedmaken."),
    Duty("steun-start", "D", -14, "Kiezers kunnen tekenen voor je lijst", "Kieswet H 4", "kiezers",
         bound=FROM, situations=WITHOUT_SEAT, note=SIGNING),
    Duty("steun-eind", "D", 0, "Laatste dag dat kiezers kunnen tekenen voor je lijst", "Kieswet H 4", "kiezers",
         bound=NOT_LATER, situations=WITHOUT_SEAT, note="Laat het eerder klaar zijn: op deze dag lever je de lijst in."),
    Duty("kandidaatstelling", "D", 0, "Lever de kandidatenlijst in bij het centraal stembureau", "Kieswet F 1, H 1, H 3",
         PARTY, "09:00-17:00"),
    Duty("besloten-zitting", "D", 1, "Het centraal stembureau kijkt de stukken na en meldt wat er mist", "Kieswet I 1",
         hour="16:00"),
    Duty("herstel-start", "D", 2, "Eerste dag om fouten te herstellen", "Kieswet I 2", PARTY, "09:00-17:00", bound=FROM),
    Duty("herstel-eind", "D", 3, "Laatste dag om fouten te herstellen", "Kieswet I 2", PARTY, "09:00-17:00", bound=NOT_LATER),
    Duty("openbare-zitting", "D", 4, "Openbare zitting: geldige lijsten, namen en nummers", "Kieswet I 4, I 12, I 13, I 14",
         hour="17:00", since=2023),
    Duty("openbare-zitting", "D", 4, "Openbare zitting: geldige lijsten, namen en nummers", "Kieswet I 4, I 12, I 13, I 14"),
    Duty("beroep-lijst", "D", 8, "Laatste dag voor beroep over de geldigheid van een lijst", "Kieswet I 7",
         "partijen en kiezers", bound=NOT_LATER),
    Duty("uitspraak", "D", 14, "Uitspraak van de Raad van State over een beroep", "Kieswet I 7", "Raad van State",
         bound=NOT_LATER, certainty="middel", situations=NO_PARTY),
    Duty("volgorde", "D", 14, "De gemachtigde levert de verklaring over de volgorde in", "Kieswet H 10a lid 4", PARTY,
         bound=NOT_LATER, certainty="middel", kinds=frozenset({"PS", "TK"}), situations=NO_PARTY,
         note="Alleen als er meer kieskringen zijn."),
    Duty("stempas", "S", -14, "Elke kiezer heeft een stempas", "Kieswet J 7 lid 2", "gemeente", bound=NOT_LATER,
         kinds=TO_VOTERS, situations=NO_PARTY),
    Duty("volmacht", "S", -5, "Laatste dag om schriftelijk een volmacht of een nieuwe stempas te vragen", "Kieswet J 8 lid 3, L 7 lid 1",
         "kiezers", bound=NOT_LATER, kinds=TO_VOTERS, situations=NO_PARTY,
         note="Mondeling een nieuwe stempas vragen kan tot de dag voor de stemming, 12.00 uur."),
    Duty("kandidaten-bij-kiezer", "S", -4, "Elke kiezer heeft de kandidatenlijsten en de stemlokalen", "Kieswet J 9; Kiesbesluit J 1",
         "gemeente", bound=NOT_LATER, certainty="middel", kinds=TO_VOTERS,
         situations=NO_PARTY, moves=False,
         note="Volgens Kieswet Z 12 zou deze dag naar een werkdag schuiven; kalenders noemen de dag zelf. We tonen de vroegste."),
    Duty("stemming", "S", 0, "Stemmen", dict.fromkeys(EVERY, "Kieswet J 1") | {"EP": "Kieswet Y 8"}, "kiezers",
         "07:30-21:00", moves=False),
    Duty("uitslag", "S", 8, "Het centraal stembureau stelt de uitslag vast", "Kieswet P 20", bound=NOT_BEFORE,
         kinds=COUNCILS, since=2023, note="In een openbare zitting."),
    Duty("benoemingsbrief", "S", 9, "De gekozenen krijgen hun benoemingsbrief", "Kieswet V 1", bound=NOT_LATER,
         kinds=COUNCILS, since=2023, note="Uiterlijk één dag na de uitslag. We gaan uit van de vroegste uitslag. Antwoord meteen: zie de dag om aan te nemen."),
    Duty("aannemen", "S", 19, "Uiterste dag om je benoeming aan te nemen: doe het meteen", "Kieswet V 2, V 3, V 4", "gekozenen",
         bound=NOT_LATER, kinds=COUNCILS, since=2023, note=ADMITTED),
    Duty("aftreden", "S", 14, "De oude leden treden af; daarna beginnen de nieuwe", LEAVING, "oude leden",
         kinds=frozenset(LEAVING)),
    # The Tweede Kamer sits four years and leaves late in a year it shares with councils (C 3);
    # 2030 is the first such year for which the fact sheet has read the rule.
    Duty("aftreden", "S", 14, "De oude leden treden af; daarna beginnen de nieuwe", "Kieswet C 3 lid 1", "oude leden",
         kinds=frozenset({"TK"}), since=2030),
)  # fmt: skip
