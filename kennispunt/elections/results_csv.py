"""Read the CSV exports of the Kiesraad's database of results. Pure functions: no database.

    parse("uitslag_GR20260318_Gemeente.csv", content)   # or BadFile, with every wrong line

The names of persons that files of 2018 to 2022 write beside a blank list do not come out of here,
not in what is read and not in a message.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from kennispunt.elections.names import blank_list
from kennispunt.ui.cleaning import one_line

# GR20260318 and what follows; a browser may have put (1) behind the name.
# A browser that saves it a second time adds "(1)"; what stands behind the day tells us nothing.
FILE_NAME = re.compile(r"uitslag_([A-Z]{2})(\d{4})(\d{2})(\d{2})(?!\d).*\.csv", re.IGNORECASE)
KINDS = ("GR", "PS", "WS", "ER", "KC", "TK", "EP")
ALSO = {"AB": "WS"}  # EML calls the water board AB
COUNTRY = "L528"
NEEDED = ("Code", "Partij", "AantalStemmen", "AantalZetels")
TOTALS = {
    "Kiesgerechtigden": "eligible_voters",
    "Opkomst": "turnout",
    "AantalGeldigeStemmen": "valid_votes",
    "AantalBlancoStemmen": "blank_votes",
    "AantalOngeldigeStemmen": "invalid_votes",
}
LONGEST_NAME = 120
LARGEST_FILE = 5_000_000
MOST_PROBLEMS = 20


class BadFile(ValueError):
    """The file cannot be used. `problems` are sentences in Dutch; each names its line."""

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list. A blank one has no name but an order, from 1."""

    name: str
    blank_order: int
    number: int | None
    votes: int
    seats: int
    line: int
    note: str = ""  # what was odd about its name

    @property
    def key(self):
        return self.name, self.blank_order


@dataclass(slots=True)
class AreaRows:
    """The rows of a file about one area. Totals that are not in it are not in `totals`."""

    code: str
    name: str
    line: int
    lists: list[ListRow] = field(default_factory=list)
    lines: dict[tuple, int] = field(default_factory=dict)  # of each list, by its key
    blanks: int = 0
    totals: dict[str, int] = field(default_factory=dict)

    @property
    def seats(self) -> int:
        return sum(row.seats for row in self.lists)

    def says_the_same(self, other) -> bool:
        mine, theirs = ({r.key: (r.votes, r.seats) for r in one.lists} for one in (self, other))
        return mine == theirs and self.totals == other.totals

    def warnings(self):
        """Yield what is odd or does not add up, though it may be how it was published."""
        for row in self.lists:
            if row.note:
                yield f"{self.name}, regel {row.line}: {row.note}"
        votes, valid = sum(row.votes for row in self.lists), self.totals.get("valid_votes")
        if valid is not None and valid != votes:
            yield (
                f"{self.name}: de lijsten hebben samen {votes} stemmen, "
                f"het bestand noemt {valid} geldige stemmen."
            )


@dataclass(slots=True)
class ResultsFile:
    name: str
    kind: str
    date: date
    areas: dict[str, AreaRows]

    def as_csv(self) -> str:
        """Write what was read again: without what is no part of a result, such as a person."""
        lines = ["Regio;Code;Type;Partij;AantalStemmen;AantalZetels;"]
        for area in self.areas.values():
            for kind, total in TOTALS.items():
                if total in area.totals:
                    lines.append(f"{area.name};{area.code};{kind};;{area.totals[total]};;")
            for row in area.lists:
                name = row.name or f"Blanco{f' (lijst {row.number})' if row.number else ''}"
                lines.append(f"{area.name};{area.code};Partij;{name};{row.votes};{row.seats};")
        return "\n".join(lines) + "\n"


def parse(name: str, content: bytes) -> ResultsFile:
    """The results in one file. BadFile tells every line that is wrong."""
    kind, day = election_of(name)
    problems: list[str] = []
    areas: dict[str, AreaRows] = {}
    for line, row in rows(content):
        try:
            take(row, line, areas)
        except ValueError as problem:
            problems.append(f"Regel {line}: {problem}")
    problems += [
        f"Regel {area.line}: bij {area.name} staat geen enkele lijst."
        for area in areas.values()
        if not area.lists and not problems
    ]
    if not areas and not problems:
        problems.append("Er staat geen enkele uitslag in dit bestand.")
    if problems:
        raise BadFile(shortened(problems))
    return ResultsFile(name, kind, day, areas)


def shortened(problems: list[str]) -> list[str]:
    more = len(problems) - MOST_PROBLEMS
    return problems[:MOST_PROBLEMS] + ([f"En nog {more} regels."] if more > 0 else [])


def election_of(name: str) -> tuple[str, date]:
    """The kind and the day, which only the name of the file tells."""
    if not (found := FILE_NAME.search(name)):
        raise BadFile(
            ["De naam van het bestand moet zijn zoals bij de Kiesraad: "
             "uitslag_GR20260318_Gemeente.csv. Daaraan zien we welke verkiezing het is."]
        )  # fmt: skip
    kind = ALSO.get(found[1].upper(), found[1].upper())
    if kind not in KINDS:
        raise BadFile([f"Deze soort verkiezing lezen we niet: {kind}. Wel: {', '.join(KINDS)}."])
    try:
        return kind, date(*(int(part) for part in found.groups()[1:]))
    except ValueError:
        raise BadFile(["De datum in de naam van het bestand bestaat niet."]) from None


def rows(content: bytes):
    """Each row with the number of its line.

    The Kiesraad puts nothing between quotes: a quote in a name is part of the name.
    """
    # Not splitlines(): a name may hold a sign that only Python takes for the end of a line.
    found = re.split(r"\r\n|\r|\n", text_of(content))
    skipped = 1 if re.fullmatch(r'"?sep=;"?;*', found[0].strip()) else 0  # a spreadsheet wrote it
    lines = ([bare(cell) for cell in line.split(";")] for line in found[skipped:])
    header = next(lines, [])
    if missing := [column for column in NEEDED if column not in header]:
        raise BadFile([f"Regel 1: deze kolom ontbreekt: {', '.join(missing)}."])
    for number, cells in enumerate(lines, skipped + 2):
        if any(cells):
            while len(cells) > len(header) and not cells[-1]:
                cells.pop()
            yield number, (header, cells)


def bare(cell: str) -> str:
    """Without spaces around it, and without the quotes that a spreadsheet put around it."""
    cell = one_line(cell)
    if re.fullmatch(r'"(?:[^"]|"")*"', cell):
        return cell[1:-1].replace('""', '"').strip()
    return cell


def text_of(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise BadFile(["Dit bestand is te groot voor een uitslag: meer dan 5 MB."])
    if not content.strip():
        raise BadFile(["Dit bestand is leeg."])
    if b"\0" in content:
        raise BadFile(["Dit bestand is geen CSV, of niet opgeslagen als UTF-8."])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise BadFile(
            [f"Regel {line}: hier staat een teken dat geen UTF-8 is. "
             "Haal het bestand opnieuw op; open en bewaar het niet in een rekenblad."]
        ) from None  # fmt: skip


def take(row, line: int, areas: dict[str, AreaRows]) -> None:
    """Add one row to its area. ValueError says what is wrong with it."""
    header, cells = row
    if len(cells) != len(header):
        raise ValueError(f"er staan {len(cells)} velden, de kop heeft er {len(header)}.")
    values = dict(zip(header, cells, strict=True))
    blank, number = blank_list(values["Partij"])
    code = values["Code"].upper()
    if not code:
        raise ValueError("de code van het gebied ontbreekt.")
    place = values.get("Gemeente") or values.get("Regio") or code
    area = areas.setdefault(code, AreaRows(code, place, line))
    what = values.get("Type", "Partij")
    if what in TOTALS:
        if TOTALS[what] in area.totals:
            raise ValueError(f"{what} staat er twee keer voor {place}.")
        area.totals[TOTALS[what]] = whole(values["AantalStemmen"], "AantalStemmen")
    elif what == "Partij":
        area.lists.append(list_of(values, blank, number, area, line))
    else:
        raise ValueError(f"dit type kennen we niet: {what}.")


def list_of(values, blank, number, area, line) -> ListRow:
    """One list. A name is text, whatever it begins with: one odd name does not refuse a country."""
    name, note = "" if blank else values["Partij"], ""
    if not values["Partij"]:
        note = "hier staat geen naam. We lezen dit als een lijst zonder naam."
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME - 1] + "…"
        note = f"de naam is langer dan {LONGEST_NAME} tekens. We korten hem in."
    area.blanks += blank
    row = ListRow(
        name=name,
        blank_order=area.blanks if blank else 0,
        note=note,
        number=number,
        votes=whole(values["AantalStemmen"], "AantalStemmen"),
        seats=whole(values["AantalZetels"] or "0", "AantalZetels"),
        line=line,
    )
    if first := area.lines.get(row.key):
        raise ValueError(
            f"de lijst “{name}” staat in {area.name} al op regel {first}. "
            "Een lijst mag er per gebied één keer staan."
        )
    area.lines[row.key] = line
    return row


def whole(text: str, column: str) -> int:
    if not re.fullmatch(r"[0-9]{1,8}", text):
        raise ValueError(f"in kolom {column} staat geen heel getal.")
    return int(text)
