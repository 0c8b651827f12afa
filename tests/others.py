"""Other programs read our files: Thunderbird (its parser ical.js) and LibreOffice."""

import fcntl
import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import html5lib

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


class LibreOffice:
    """Debian's, without a screen. It is slow to start: give it all files at once.

    `read({name: content})`: what it shows in each. A table is a list of rows; a cell that it can
    count with (also a date) is a float, another its text. A text is one string.
    """

    # Semicolons, quotes, UTF-8, in Dutch, and dates are seen: what Excel in Dutch does by itself.
    CSV = "CSV:59,34,76,1,,1043,false,true,false"

    def __init__(self, program):
        self.program = program

    def read(self, files: dict[str, bytes]) -> dict:
        with tempfile.TemporaryDirectory(prefix="libreoffice-") as folder:
            for name, content in files.items():
                (Path(folder) / name).write_bytes(content)
            for ask, kinds in ((["--infilter=" + self.CSV], (".csv",)), ([], (".xlsx", ".docx"))):
                names = [name for name in files if name.endswith(kinds)]
                subprocess.run(
                    [
                        self.program, f"-env:UserInstallation=file://{folder}/profile",
                        "--headless", "--convert-to", "html", "--outdir", f"{folder}/{kinds[0]}",
                        *ask, *names,
                    ],
                    cwd=folder, check=True, capture_output=True, timeout=120,
                )  # fmt: skip
            read = {}
            for name in files:
                kept = Path(folder) / (".csv" if name.endswith(".csv") else ".xlsx")
                made = kept / Path(name).with_suffix(".html")
                read[name] = self.shown(made.read_bytes())
            return read

    @staticmethod
    def shown(html):
        page = html5lib.parse(html, namespaceHTMLElements=False)
        rows = [
            [
                float(cell.get("sdval")) if cell.get("sdval") else "".join(cell.itertext()).strip()
                for cell in row.iter("td")
            ]
            for row in page.iter("tr")
        ]
        return rows or " ".join("".join(page.find("body").itertext()).split())
