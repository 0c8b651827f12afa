"""manage.py propose_eligibility: what the rules say of names, one object per line."""

import csv
import json
import re
import time
from collections import Counter
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from kennispunt.elections.models import Area, AreaName, Election, ElectoralList
from kennispunt.parties.eligibility import Situation, evaluate


class Command(BaseCommand):
    help = (
        "Print what the rules on names propose for every list of an election that was imported, or "
        "for the names in a CSV file with the columns area and name: no, review or maybe. "
        "Keeps nothing and decides nothing; the counts go to standard error."
    )

    def add_arguments(self, parser):
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--election", help="its code, such as GR20260318")
        source.add_argument("--names", type=Path, metavar="FILE", help="CSV: area, name")
        parser.add_argument("--on", type=date.fromisoformat, help="the day it is about; today")
        parser.add_argument("--json", action="store_true", help="one object per line")

    def handle(self, *, election, names, on, json: bool, **options):
        rows = of_election(election) if election else of_file(names)
        written, counts = written_names(), Counter()
        began = time.perf_counter()
        for area, name in rows:
            proposal = propose(area, name, written, on or localdate())
            counts[proposal.outcome] += 1
            self.stdout.write(as_json(area, name, proposal) if json else as_text(name, proposal))
        seconds = time.perf_counter() - began
        self.stderr.write(
            f"{counts.total()} lists in {seconds:.2f} s: {counts['no']} no, "
            f"{counts['review']} review, {counts['maybe']} maybe"
        )


def of_election(code):
    """Pairs of the code of the area and the name; "" for a blank list."""
    election = Election.objects.coded(code).first()
    if election is None:
        known = ", ".join(one.code for one in Election.objects.all()) or "none"
        raise CommandError(f"There are no results of {code}. Imported: {known}.")
    lists = ElectoralList.objects.filter(result__election=election)
    return list(
        lists.order_by("result__area__name", "result__area", "name", "blank_order").values_list(
            "result__area", "name"
        )
    )


def of_file(path):
    """The same pairs, as the file has them."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}") from problem
    except UnicodeDecodeError as problem:
        line = problem.object.count(b"\n", 0, problem.start) + 1
        raise CommandError(f"{path}, line {line}: this is not UTF-8") from problem
    header = text.partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    rows = csv.DictReader(text.splitlines(), delimiter=delimiter)
    columns = {(name or "").strip().lower(): name for name in rows.fieldnames or []}
    if missing := {"area", "name"} - columns.keys():
        raise CommandError(f"{path}, line 1: there is no column {', '.join(sorted(missing))}")
    return [
        ((row[columns["area"]] or "").strip(), (row[columns["name"]] or "").strip()) for row in rows
    ]


def written_names() -> dict[str, tuple[str, ...]]:
    """The ways in which each area is written, by its code."""
    written = {code: (name,) for code, name in Area.objects.values_list("code", "name")}
    for code, name in AreaName.objects.values_list("area", "name"):
        written[code] += (name,)
    return written


def known_code(area, written) -> str:
    """The code of an area, written with or without GM; "" when there is none."""
    area = (area or "").upper()
    if re.fullmatch(r"\d{1,4}", area):
        area = f"GM{area:>04}"
    return area if area in written else ""


def propose(area, name, written, on):
    code = known_code(area, written)
    case = Situation(
        names=(name,),
        on=on,
        # The whole country (an election for the Tweede Kamer) is no area of ours, and known.
        area=code or ("NL" if area is None else ""),
        area_names=written.get(code, ()),
        only_names=True,
    )
    return evaluate(case, both=settings.ELIGIBILITY_NEEDS_BOTH)


def as_json(area, name, proposal):
    return json.dumps(
        {
            "area": area,
            "name": shown(name, proposal),
            "outcome": proposal.outcome,
            "reasons": [reason.as_dict() for reason in proposal.reasons],
            "ruleset_version": proposal.ruleset_version,
        },
        ensure_ascii=False,
    )


def as_text(name, proposal):
    reasons = "; ".join(reason.fact for reason in proposal.reasons)
    return f"{proposal.outcome:7} {shown(name, proposal)}{f': {reasons}' if reasons else ''}"


def shown(name, proposal) -> str:
    """The name; not what stands beside a blank list, because that may be a person."""
    nameless = any(reason.rule == "naamloos" for reason in proposal.reasons)
    return "" if nameless else name
