"""The fast tests on the days that are unlike others: what depends on the day of the week fails here.

    python3 dev.py test fast                      first, so that all is set up
    .venv/bin/python -m tests.other_days          on all of them; some minutes each
    .venv/bin/python -m tests.other_days 2027-03-28T01:58 -- kennispunt/trainings

The clock of our own processes is moved by Debian's libfaketime (apt install faketime) and goes on
from there. Not a part of every run: what it finds becomes an ordinary test with a date in it.
"""

import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.__main__ import MARKS

HERE = Path(__file__).resolve().parent.parent
LIBRARY = "libfaketimeMT.so.1"
# They ask real servers and wait in threads: libfaketime's clock_nanosleep refuses, now and then.
NOT_THESE = (
    "kennispunt/files/tests/test_storage.py",
    "kennispunt/files/tests/test_viruses.py",
    "kennispunt/mail/tests/test_fetching.py",
    "kennispunt/parties/tests/test_together.py",
    "kennispunt/website/tests/test_cache_away.py",
)
DAYS = {
    "2026-11-28T12:00": "a Saturday",
    "2026-11-29T12:00": "a Sunday",
    "2026-12-21T09:00": "the last day to register a name for the Provinciale Staten",
    "2026-12-25T12:00": "Christmas",
    "2026-12-31T23:58": "New Year's Eve, across midnight",
    "2027-03-17T20:00": "an election day",
    "2027-03-28T01:58": "summer time begins",
    "2027-10-31T02:58": "the hour that comes twice",
    "2028-02-29T12:00": "a leap day",
}


def library():
    for folder in ("/usr/lib", "/usr/local/lib"):
        for file in Path(folder).glob(f"**/faketime/{LIBRARY}"):
            return str(file)
    sys.exit("libfaketime is not here. On Debian and Ubuntu: sudo apt install faketime")


def on(moment, *arguments):
    """Run the fast tests with the clock at a moment in the Netherlands; their exit code."""
    there = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
    env = os.environ | {
        "DEBUG": "0", "TESTING": "1", "DJANGO_SETTINGS_MODULE": "kennispunt.settings",
        # So much later than it is, not "at": a child would live before its parent.
        "LD_PRELOAD": library(), "FAKETIME": f"{there.timestamp() - time.time():+.0f}",
        # Who waits in a thread, or for a lock, waits by this clock.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "pytest", "-q", "-m", MARKS["fast"], "-n", "logical"]
    command += [f"--ignore={file}" for file in NOT_THESE]
    return subprocess.call([*command, *arguments], cwd=HERE, env=env)


def main(*arguments):
    extra = arguments[arguments.index("--") + 1 :] if "--" in arguments else ()
    moments = arguments[: arguments.index("--")] if "--" in arguments else arguments
    red = []
    for moment in moments or DAYS:
        print(f"\n== {moment}, {DAYS.get(moment, 'a day of your own')}", flush=True)
        if on(moment, *extra):
            red.append(moment)
    print(f"\nRed on: {', '.join(red)}" if red else "\nGreen on every day.")
    sys.exit(bool(red))


if __name__ == "__main__":
    main(*sys.argv[1:])
