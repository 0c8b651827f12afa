"""manage.py receive_mail < message: keep one message, for the pipe of a mail server."""

import os
import sys

from django.core.management.base import BaseCommand

from kennispunt.mail import intake


class Command(BaseCommand):
    help = (
        "Keep the message on standard input. Exits with 0 when it is kept, with 65 when there was "
        "nothing, and with 75 (try again) for every other problem, as Postfix expects."
    )
    requires_system_checks = []  # a warning of ours must not send a message back

    def add_arguments(self, parser):
        parser.add_argument("--recipient", default="", help="the address it was delivered to")

    def handle(self, *, recipient, **options):
        raw = sys.stdin.buffer.read()
        if not raw.strip():
            self.stderr.write("There is no message on standard input.")
            sys.exit(os.EX_DATAERR)
        try:
            intake.keep(raw, via="receive_mail", recipient=recipient)
        except Exception as problem:
            self.stderr.write(f"The message could not be kept: {type(problem).__name__}")
            sys.exit(os.EX_TEMPFAIL)
