"""manage.py clock: enqueue what is due. Started by cron every minute, or with --every 60."""

import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from kennispunt.website.clock import tick


class Command(BaseCommand):
    help = "Enqueue the work that is due. May be started as often as one likes."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Go on, with this pause.")

    def handle(self, **options):
        while True:
            for name in tick(timezone.now()):
                self.stdout.write(f"Enqueued {name}")
            if not options["every"]:
                return
            close_old_connections()
            time.sleep(options["every"])
