"""Every check, then the tests: python3 dev.py test [fast | thorough | browser] [-- what pytest gets]."""

import hashlib
import os
import shutil
import subprocess
import sys

from dev import BIN, HERE, PYTHON, environment, step, stop

MARKS = {  # kind: the tests that belong to it
    "all": "",
    "fast": "not browser and not thorough",
    "thorough": "not browser",
    "browser": "browser",
}

NO_BROWSER = """
**********************************************************************
  THE BROWSER TESTS DID NOT RUN: there is no Chromium here.
  On Debian and Ubuntu: sudo apt install chromium
  Then: python3 dev.py test browser
**********************************************************************"""

SERVERS = [  # real programs that tests start themselves
    ("dovecot", "dovecot-imapd", "a real mailbox"),
    ("clamd", "clamav-daemon", "a real virus scanner"),
    ("redis-server", "redis-server", "a real shared cache"),
    (
        "swift-proxy-server",
        "swift-proxy swift-account swift-container swift-object",
        "a real S3-compatible store",
    ),
    ("npm", "npm nodejs", "calendars as Thunderbird reads them"),
    (
        "soffice",
        "libreoffice-calc-nogui libreoffice-writer-nogui",
        "files as LibreOffice reads them",
    ),
]

NO_SERVER = """
**********************************************************************
  THE TESTS OF {tests} DID NOT RUN: there is no {program} here.
  On Debian and Ubuntu: sudo apt install {package}
**********************************************************************
"""


def main(kind="all", *arguments):
    """Run every check, then the tests. Ends with pytest's line of how many passed."""
    if kind == "--":
        kind, arguments = "all", ("--", *arguments)
    if kind not in MARKS:
        stop(f"There is no kind of tests {kind!r}. There are: {', '.join(MARKS)}.")
    extra = arguments[1:] if arguments[:1] == ("--",) else arguments
    in_browser = kind in ("all", "browser")
    browser = in_browser and debian("chromium", "chromium", "the browser tests")
    missing = [
        NO_SERVER.format(tests=tests, program=program, package=package)
        for program, package, tests in SERVERS
        if kind != "browser" and not debian(program, package, f"the tests of {tests}")
    ]
    if kind == "browser" and not browser:
        stop(NO_BROWSER)
    if kind != "browser" and not extra:
        check_sources()
    marks = MARKS["thorough" if kind == "all" and not browser else kind]
    workers = (
        [] if any(part.startswith(("-n", "-p", "--pdb")) for part in extra) else ["-n", "logical"]
    )
    code = subprocess.call(
        [str(PYTHON), "-m", "pytest", "-m", marks, *workers, *extra],
        cwd=HERE,
        env=environment() | {"DEBUG": "0", "TESTING": "1"},
    )
    if kind == "all" and not browser:
        print(NO_BROWSER, file=sys.stderr)
        code = code or bool(os.environ.get("CI"))
    print(*missing, sep="", end="", file=sys.stderr)  # under CI those tests have failed
    sys.exit(code)


def debian(program, package, purpose):
    """A program of Debian: the one that is there, or else its packages installed when we may."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    if found := shutil.which(program, path=path):
        return found
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        began = step(f"Installing Debian's {package} for {purpose}")
        for command in (
            ["apt-get", "update"],
            ["apt-get", "install", "-y", "--no-install-recommends", *package.split()],
        ):
            subprocess.run(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
                env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            )  # fmt: skip
        step(f"installed {package}", began)
    return shutil.which(program, path=path)


def check_sources():
    """Form, forgotten migrations, and the settings of a real server."""
    server = {
        "DEBUG": "0", "SECRET_KEY": hashlib.sha512(os.urandom(64)).hexdigest(),
        "ALLOWED_HOSTS": "kennispunt.example", "CONTACT_EMAIL": "info@kennispunt.example",
        "EMAIL_URL": "smtp://127.0.0.1:25",
    }  # fmt: skip
    for title, command, extra in (
        ("ruff check", [BIN / "ruff", "check", "."], {}),
        ("ruff format", [BIN / "ruff", "format", "--check", "."], {}),
        ("djlint", [BIN / "djlint", "--quiet", "--lint", "kennispunt"], {}),
        (
            "check --deploy",
            [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
            server,
        ),
        (
            "makemigrations --check",
            [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
            {},
        ),
    ):
        began = step(title)
        code = subprocess.call([str(part) for part in command], cwd=HERE, env=environment() | extra)
        step(title, began)
        if code:
            stop(f"{title} failed; see above.")


if __name__ == "__main__":
    main(*sys.argv[1:])
