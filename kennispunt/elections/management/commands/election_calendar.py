import json

from django.core.management.base import BaseCommand, CommandError

from kennispunt.elections.calendar import NoElection, election
from kennispunt.elections.working_days import in_words


class Command(BaseCommand):
    help = (
        "Print the calendar of one election, computed from the law: election_calendar PS 2027. "
        "Kinds: GR, PS, WS (or AB), ER, KC, HERINDELING, TK, EP. Reads no database."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("kind", help="code or name of the kind of election")
        parser.add_argument("year", type=int, help="the year of voting")
        parser.add_argument("--json", action="store_true", help="one object per line")

    def handle(self, *, kind, year, json: bool, **options):
        try:
            days = election(kind, year).days
        except NoElection as problem:
            raise CommandError(str(problem)) from None
        for day in days:
            self.stdout.write(as_json(day) if json else as_text(day))


def as_json(day):
    return json.dumps(day.as_dict(), ensure_ascii=False)


def as_text(day):
    hour = f" {day.hour}" if day.hour else ""
    return f"{in_words(day.date)}{hour}  {day.what} ({day.article}; {day.certainty})"
