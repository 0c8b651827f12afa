"""What other programs read in what we make: calendars as Thunderbird (ical.js)."""

import fcntl
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent / ".cache"


class Thunderbird:
    """Its parser, ical.js: the version and content that package-lock.json names, put in .cache once.

    `read(raw, ...)`: for each calendar its method, and its events with uid, sequence, status, starts
    and ends (in UTC).
    """

    def __init__(self, npm, node):
        self.node = node
        content = b"".join(file.read_bytes() for file in sorted((HERE / "icaljs").iterdir()))
        self.folder = CACHE / f"icaljs-{hashlib.sha256(content).hexdigest()[:12]}"
        CACHE.mkdir(exist_ok=True)
        with (CACHE / "icaljs.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.folder.exists():
                self.install(npm)

    def install(self, npm):
        unfinished = self.folder.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(HERE / "icaljs", unfinished)
        subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=unfinished, check=True
        )
        unfinished.rename(self.folder)

    def read(self, *calendars: bytes) -> list[dict]:
        done = subprocess.run(
            [self.node, self.folder / "read.js"],
            input=json.dumps([one.decode() for one in calendars]),
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return json.loads(done.stdout)
