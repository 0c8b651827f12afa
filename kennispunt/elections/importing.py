"""Take official results into the database: several files at once, all or nothing."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.timezone import now

from kennispunt.elections.models import Area, AreaResult, Election, ElectoralList
from kennispunt.elections.names import folded_list_name
from kennispunt.elections.results_csv import COUNTRY, BadFile, ResultsFile, parse, shortened
from kennispunt.elections.signals import results_imported

KIND_OF_AREA = {
    "GR": Area.Kind.GEMEENTE,
    "PS": Area.Kind.PROVINCIE,
    "WS": Area.Kind.WATERSCHAP,
    "ER": Area.Kind.OPENBAAR_LICHAAM,
    "KC": Area.Kind.OPENBAAR_LICHAAM,
}
LONGEST_SOURCE = 120
TOTALS = ["eligible_voters", "turnout", "valid_votes", "blank_votes", "invalid_votes"]


LABELS = {
    "new": "nieuw",
    "gone": "gaat weg",
    "name": "naam",
    "number": "lijstnummer",
    "votes": "stemmen",
    "seats": "zetels",
    "eligible_voters": "kiesgerechtigden",
    "turnout": "opkomst",
    "valid_votes": "geldige stemmen",
    "blank_votes": "blanco stemmen",
    "invalid_votes": "ongeldige stemmen",
}


@dataclass(slots=True)
class Change:
    """One thing that a corrected file says differently from what we had."""

    area: str
    list: str
    what: str  # new, gone, name, number, votes, seats, or the name of a total
    before: str | int | None = None
    after: str | int | None = None

    @property
    def label(self) -> str:
        return LABELS[self.what]


@dataclass(slots=True)
class Report:
    """The effect of one file. The lists of a new result are counted, not told one by one."""

    file: str
    election: str
    areas: int = 0
    lists: int = 0
    seats: int = 0
    votes: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    changes: list[Change] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)  # codes of areas, for the apps above

    @property
    def does_something(self) -> bool:
        return bool(self.new or self.changes)

    def count(self, rows):
        self.areas += 1
        self.lists += len(rows.lists)
        self.seats += rows.seats
        self.votes += sum(row.votes for row in rows.lists)
        self.warnings += rows.warnings()

    def differ(self, difference, rows):
        self.changes += difference.changes
        self.new += len(difference.added)
        self.changed += len(difference.altered)
        self.removed += len(difference.gone)
        self.unchanged += len(rows.lists) - len(difference.added) - len(difference.altered)

    def as_dict(self) -> dict:
        told = asdict(self)
        del told["touched"]
        return told


def import_results(
    files: Iterable[tuple[str, bytes]],
    *,
    dry_run: bool = False,
    progress: Callable[[Report], None] = lambda report: None,
) -> list[Report]:
    """Take in these files, pairs of a name and the content; one report for each.

    Nothing is kept of any of them when one cannot be used: BadFile tells why. What they say again
    changes nothing. A dry run reports what would happen.
    """
    parsed = read_all(files)
    reports = []
    with transaction.atomic():
        areas = known_areas(parsed)
        for file in parsed:
            try:
                reports.append(take_in(file, areas))
            except ProtectedError:
                raise BadFile(
                    [f"{file.name}: een lijst die hier niet meer in staat, hoort in het register "
                     "al bij een partij. Maak die band eerst los."]
                ) from None  # fmt: skip
            progress(reports[-1])
        if dry_run:
            transaction.set_rollback(True)
        else:
            announce(reports)
    return reports


def announce(reports) -> None:
    """Tell the apps above of which areas something changed."""
    if codes := sorted({code for report in reports for code in report.touched}):
        results_imported.send(sender=AreaResult, areas=codes)


def read_all(files) -> list[ResultsFile]:
    """Every file, parsed; BadFile with the problems of all of them. Each area may be told once."""
    parsed, problems, told = [], [], {}
    for name, content in files:
        try:
            file = parse(name, content)
        except BadFile as bad:
            problems += [f"{name}: {problem}" for problem in bad.problems]
            continue
        parsed.append(file)
        for code, area in file.areas.items():
            first, other = told.setdefault((file.kind, file.date, code), (area, name))
            if not area.says_the_same(first):
                problems.append(f"{name}: over {area.name} zegt {other} iets anders. Kies er één.")
    if problems:
        raise BadFile(problems)
    return parsed


def known_areas(parsed: list[ResultsFile]) -> dict[str, Area]:
    """The areas in these files by the code of the Kiesraad; BadFile for what cannot be."""
    codes = {code for file in parsed for code in file.areas}
    known = {area.kiesraad_code: area for area in Area.objects.filter(kiesraad_code__in=codes)}
    problems = []
    for file in parsed:
        wrong = (
            f"{file.name}: Regel {rows.line}: {problem}"
            for code, rows in file.areas.items()
            if (problem := misplaced(file, code, known.get(code)))
        )
        problems += shortened(list(wrong))
    if problems:
        raise BadFile(problems)
    return known


def misplaced(file: ResultsFile, code: str, area: Area | None) -> str:
    """Return why this election cannot have been held in this area; "" when it can."""
    wanted = KIND_OF_AREA.get(file.kind)
    if wanted is None:
        return "" if code == COUNTRY else f"{code} is niet het hele land ({COUNTRY})."
    if area is None:
        return f"dit gebied kennen we niet: {code}."
    if area.kind != wanted:
        return f"{code} is een {area.get_kind_display()}, geen {wanted.label}."
    if area.valid_to and area.valid_to <= file.date:
        return f"{area.title} bestond niet meer op de dag van de verkiezing."
    return ""


def take_in(file: ResultsFile, areas: dict[str, Area]) -> Report:
    """Save what differs, with as many queries for one area as for all."""
    election, _ = Election.objects.get_or_create(kind=file.kind, date=file.date)
    # Two people who import the same election wait for each other (SQLite: for any writer).
    Election.objects.select_for_update().get(pk=election.pk)
    known = {
        result.area_id: result
        for result in AreaResult.objects.filter(election=election)
        .select_related("area")
        .prefetch_related("lists")
    }
    report = Report(file.name, election.code)
    save = Save()
    for code, rows in file.areas.items():
        report.count(rows)
        area = areas.get(code)
        if result := known.get(area.pk if area else None):
            difference = Difference(result, rows)
            report.differ(difference, rows)
            save.corrected(difference, file.name)
            changed = bool(difference.changes)
        else:
            report.new += len(rows.lists)
            save.fresh(election, area, rows, file.name)
            changed = True
        if changed and area:
            report.touched.add(area.pk)
    save.now()
    return report


class Save:
    """The rows to write, together: a file may hold three thousand lists."""

    def __init__(self):
        self.made, self.results, self.added, self.altered, self.gone = [], [], [], [], []

    def fresh(self, election, area, rows, source):
        result = AreaResult(
            election=election,
            area=area,
            seats=rows.seats,
            source=source[:LONGEST_SOURCE],
            imported_at=now(),
            **rows.totals,
        )
        self.made.append(result)
        self.added += [as_list(row, result) for row in rows.lists]

    def corrected(self, difference, source):
        self.added += difference.added
        self.altered += difference.altered
        self.gone += difference.gone
        if difference.changes:
            difference.result.source = source[:LONGEST_SOURCE]
            difference.result.imported_at = now()
            self.results.append(difference.result)

    def now(self):
        ElectoralList.objects.filter(pk__in=[one.pk for one in self.gone]).delete()
        AreaResult.objects.bulk_create(self.made)
        AreaResult.objects.bulk_update(self.results, ["seats", "source", "imported_at", *TOTALS])
        ElectoralList.objects.bulk_update(
            self.altered, ["name", "folded", "number", "votes", "seats"]
        )
        ElectoralList.objects.bulk_create(self.added)


def as_list(row, result) -> ElectoralList:
    return ElectoralList(
        result=result,
        name=row.name,
        folded=folded_list_name(row.name),
        blank_order=row.blank_order,
        number=row.number,
        votes=row.votes,
        seats=row.seats,
    )


class Difference:
    """The changes that a file makes to a result that we have; the objects are changed with it."""

    def __init__(self, result: AreaResult, rows):
        self.result, self.changes, self.altered = result, [], []
        there = {(one.name, one.blank_order): one for one in result.lists.all()}
        said = {row.key: row for row in rows.lists}
        self.gone = [one for key, one in there.items() if key not in said]
        new = [row for key, row in said.items() if key not in there]
        for row in list(new):
            if one := self.same_list(row, new):
                self.gone.remove(one)
                new.remove(row)
                there[row.key] = one
        for key, row in said.items():
            if one := there.get(key):
                self.alter(one, row)
        self.added = [as_list(row, result) for row in new]
        self.tell(self.added, "new")
        self.tell(self.gone, "gone")
        self.count(rows)

    def same_list(self, row, new):
        """The list that this row renames: written alike, or the only ones with these figures.

        A party may point to the list, so correcting a typing error must not make another list.
        """
        if not row.name:
            return None
        alike = [one for one in self.gone if one.folded == folded_list_name(row.name)]
        figures = row.votes, row.seats
        if not alike and sum((other.votes, other.seats) == figures for other in new) == 1:
            alike = [one for one in self.gone if (one.votes, one.seats) == figures and one.name]
        return alike[0] if len(alike) == 1 else None

    def alter(self, one, row):
        title, before = one.title, len(self.changes)
        for what in ("name", "votes", "seats", "number"):
            old, value = getattr(one, what), getattr(row, what)
            if value != old and not (what == "number" and value is None):
                self.changes.append(Change(self.place, title, what, old, value))
                setattr(one, what, value)
        if len(self.changes) > before:
            one.folded = folded_list_name(one.name)
            self.altered.append(one)

    def tell(self, lists, what):
        self.changes += [
            Change(self.place, one.title, what, after=one.votes if what == "new" else None)
            for one in lists
        ]

    def count(self, rows):
        self.result.seats = rows.seats
        for name, value in rows.totals.items():
            if (old := getattr(self.result, name)) != value:
                self.changes.append(Change(self.place, "", name, old, value))
                setattr(self.result, name, value)

    @property
    def place(self) -> str:
        return str(self.result.area or "Nederland")


def totals(reports: list[Report]) -> Counter:
    """The sums over all files, for one last line."""
    return Counter(
        {
            name: sum(getattr(report, name) for report in reports)
            for name in ("areas", "lists", "seats", "new", "changed", "removed", "unchanged")
        }
    )
