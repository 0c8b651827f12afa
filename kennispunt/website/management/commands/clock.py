"""manage.py clock: enqueue what is due. Started by cron every minute, or with --every 60."""

import logging
import time

from django.core.management.base import BaseCommand
from django.db import connection
from django.db.utils import Error as DatabaseError
from django.utils import timezone

from kennispunt.website.clock import tick

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Enqueue the work that is due. May be started as often as one likes."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Go on, with this pause.")

    def handle(self, **options):
        every = options["every"]
        while True:
            try:
                for name in tick(timezone.now()):
                    self.stdout.write(f"Enqueued {name}")
            except (DatabaseError, OSError) as problem:  # away, locked, or a disk that is full
                if not every:
                    raise
                log.error("The clock tries again in %s s: %s", every, problem)
            if not every:
                return
            connection.close()
            time.sleep(every)
