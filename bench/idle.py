"""The cost of waiting: CPU of the worker and of the clock while there is nothing to do.

--size N: seconds to look at each (60 unless given). Only on Linux: it reads /proc.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

WARM_UP = 20  # seconds: it starts, and does what the clock asked for meanwhile
TICKS = os.sysconf("SC_CLK_TCK")
WAITING = {  # name: (arguments of manage.py, DEBUG)
    "work, on a server": (["work"], "0"),
    "work, in development": (["work"], "1"),
    "clock --every 60": (["clock", "--every", "60"], "0"),
}


def run(size):
    from django_tasks_db.models import DBTaskResult

    from kennispunt.website.models import Worker

    seconds = size or 60
    for name, (arguments, debug) in WAITING.items():
        DBTaskResult.objects.all().delete()  # what loading the examples or the clock asked for
        Worker.objects.all().delete()  # who ended
        process = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            env=os.environ | {"DEBUG": debug}, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            time.sleep(WARM_UP)
            before = cpu_of_group(process.pid)
            time.sleep(seconds)
            used = cpu_of_group(process.pid) - before
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
        yield f"{name}, of a core", used / seconds * 100, "%"


def cpu_of_group(group) -> float:
    """Seconds of CPU of every process of this group: a worker that reloads is two."""
    used = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        if int(fields[2]) == group:
            used += int(fields[11]) + int(fields[12])
    return used / TICKS
