"""manage.py show_example: the example people, printed by dev.py run. Development only."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kennispunt.accounts.example import PASSWORD, PEOPLE, TOTP_SECRET, current_code


class Command(BaseCommand):
    help = "Print who can sign in on a site with example data."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("There are no example people outside development.")
        self.stdout.write(f"\nExample people, all with password {PASSWORD!r}:")
        for email, about in PEOPLE.items():
            self.stdout.write(f"  {email:20} {about['what']}")
        self.stdout.write(
            f"Editor, moderator and project leader also need a code of TOTP secret {TOTP_SECRET}:"
            f" now {current_code()}."
        )
