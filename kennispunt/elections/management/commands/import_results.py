"""manage.py import_results FILE…: the official results of elections."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kennispunt.elections.importing import import_results, totals
from kennispunt.elections.results_csv import BadFile


class Command(BaseCommand):
    help = (
        "Take in CSV exports of verkiezingsuitslagen.nl, in any order, all or nothing. "
        "The same file twice changes nothing; of a corrected one it prints what changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="report, keep nothing")
        parser.add_argument("--json", action="store_true", help="one object per file")

    def handle(self, *, files, dry_run, json: bool, **options):
        def progress(report):
            self.stderr.write(f"{report.election}: {report.areas} areas, {report.lists} lists")

        try:
            contents = [(file.name, file.read_bytes()) for file in files]
            reports = import_results(contents, dry_run=dry_run, progress=progress)
        except OSError as problem:
            raise CommandError(f"{problem.filename}: {problem.strerror}") from problem
        except BadFile as bad:
            raise CommandError(f"Nothing was kept.\n{bad}") from bad
        for report in reports:
            self.stdout.write(as_json(report, dry_run) if json else as_text(report))
        if not json:
            self.stdout.write(summary(reports, dry_run))


def as_json(report, dry_run):
    return json.dumps(report.as_dict() | {"dry_run": dry_run}, ensure_ascii=False)


def as_text(report):
    lines = [
        f"{report.file}: {report.new} new, {report.changed} changed, {report.removed} removed, "
        f"{report.unchanged} unchanged"
    ]
    lines += [f"  {one.area}, {one.list or 'totals'}: {in_words(one)}" for one in report.changes]
    lines += [f"  note: {warning}" for warning in report.warnings]
    return "\n".join(lines)


def in_words(change):
    if change.what in ("new", "gone"):
        return change.what
    return f"{change.what} {change.before} → {change.after}"


def summary(reports, dry_run):
    sums = totals(reports)
    kept = "Dry run, nothing kept: " if dry_run else ""
    return (
        f"{kept}{sums['areas']} areas, {sums['lists']} lists, {sums['seats']} seats; "
        f"{sums['new']} lists new, {sums['changed']} changed, {sums['removed']} removed"
    )
