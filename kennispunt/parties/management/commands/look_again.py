"""manage.py look_again: what the clock does daily, for one election or when the Kamer changed."""

import json as json_module

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import localdate

from kennispunt.elections.models import Election
from kennispunt.parties.actions import reopening


class Command(BaseCommand):
    help = (
        "Open a case at the desk for every party that an election, or a new group in the Kamer, "
        "asks to be decided anew. They stay in force meanwhile. Running it twice changes nothing."
    )

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--election", help="its code, such as GR20260318")
        what.add_argument("--kamer", action="store_true", help="the rules on names of groups")
        parser.add_argument("--dry-run", action="store_true", help="count, keep nothing")
        parser.add_argument("--json", action="store_true", help="one object")

    @transaction.atomic
    def handle(self, *, election, kamer, dry_run, json, **options):
        if kamer:
            counts = reopening.look_at_kamer(on=localdate())
        else:
            counts = reopening.look_again(found(election), on=localdate())
        if dry_run:
            transaction.set_rollback(True)
        answer = {
            "election": election, "changed": counts["changed"], "unchanged": counts["unchanged"],
            "dry_run": dry_run,
        }  # fmt: skip
        if json:
            self.stdout.write(json_module.dumps(answer))
        else:
            self.stdout.write(f"{counts['changed']} changed, {counts['unchanged']} unchanged")


def found(code):
    election = Election.objects.coded(code).first()
    if election is None:
        raise CommandError(f"There are no results of {code}.")
    return election
