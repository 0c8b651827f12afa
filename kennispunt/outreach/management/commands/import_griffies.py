"""manage.py import_griffies: the addresses of griffies from a CSV file."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from kennispunt.outreach import addresses


class Command(BaseCommand):
    help = (
        "Take in the addresses of griffies from a CSV file, such as an export of the public "
        "register of government organisations. The same file twice changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--area", required=True, help="name of the column with name or code")
        parser.add_argument("--email", required=True, help="name of the column with the address")
        parser.add_argument("--source", required=True, help="where the file comes from")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, *, file, area, email, source, dry_run, **options):
        try:
            table = addresses.read(file.read_bytes())
            numbers = {"area": table.columns.index(area), "email": table.columns.index(email)}
        except (ValidationError, OSError, ValueError) as problem:
            raise CommandError(" ".join(getattr(problem, "messages", [str(problem)]))) from problem
        report = addresses.take_in(table, **numbers, source=source, on=localdate(), dry_run=dry_run)
        for line in report.refused:
            self.stderr.write(line)
        self.stdout.write(
            f"{len(report.new)} new, {len(report.replaced)} replaced, {report.same} same, "
            f"{len(report.refused)} refused; {len(report.missing)} municipalities without address"
        )
