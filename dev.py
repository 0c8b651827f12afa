#!/usr/bin/env python3
"""Everything a developer types. Only Python and git are needed; the rest is set up here.

python3 dev.py run       set up what is missing, then start the site and its worker
python3 dev.py test      set up what is missing, then every check and all tests
                         (test fast: in minutes, while you work; test thorough: all but the
                         browser; test browser: only that; after -- comes what pytest gets)
python3 dev.py bench     the benchmarks of bench/: bench [NAME] [--size N] [--json]
python3 dev.py manage    any manage.py command, such as: manage shell
python3 dev.py audit     known holes in the packages we use
python3 dev.py lock      write requirements*.txt anew from pyproject.toml

PORT and DATABASE_URL are honoured. For your own machine only: a server runs granian and manage.py.
"""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE / ".cache"
BIN = HERE / ".venv" / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
PORT = os.environ.get("PORT", "8000")
MOST_ENDS = 5  # of one process in a minute, before we give up
ALL = "requirements-dev.txt"  # holds all of the others, in the same versions
PACKAGES = {  # the requirements files, and from what they are compiled
    ALL: ["--extra", "server", "--extra", "dev"],
    "requirements-server.txt": ["--extra", "server", "--constraint", ALL],
    "requirements.txt": ["--constraint", ALL],
}


def stop(message):
    sys.exit(f"\n{message}")


def step(title, done=None):
    """Say what happens and, at the end, how long it took."""
    if done is None:
        print(f"· {title} …", file=sys.stderr, flush=True)
        return time.monotonic()
    print(f"  {title}: {time.monotonic() - done:.1f} s", file=sys.stderr, flush=True)
    return None


def fingerprint(*patterns):
    """One hash over the content of the files that match."""
    total = hashlib.sha256()
    for file in sorted(file for pattern in patterns for file in HERE.glob(pattern)):
        if file.is_file() and "__pycache__" not in file.parts:
            total.update(str(file.relative_to(HERE)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()[:16]


def stamped(name, value):
    stamp = CACHE / f"{name}.stamp"
    return stamp.exists() and stamp.read_text() == value


def put_stamp(name, value):
    CACHE.mkdir(exist_ok=True)
    (CACHE / f"{name}.stamp").write_text(value)


def environment():
    """Return the environment of our own processes: development, our settings, kept bytecode."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "kennispunt.settings", "PORT": PORT}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env.setdefault("DEBUG", "1")
    return env


def quietly(*command, problem):
    """Run a step of the set-up. Its output is shown only when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=HERE, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    if done.returncode:
        stop("\n".join([*done.stdout.strip().splitlines()[-12:], "", problem]))


def set_up(requirements="requirements.txt"):
    """The virtual environment with our packages. Skips what has not changed."""
    if not PYTHON.exists():
        began = step("Making .venv")
        try:
            import ensurepip  # noqa: F401 - Debian ships it apart
            import venv  # noqa: F401 - looked for, not used
        except ImportError:
            stop("Python's venv is missing. On Debian and Ubuntu: apt install python3-venv")
        quietly(
            sys.executable, "-m", "venv", HERE / ".venv",
            problem="Could not make .venv. On Debian and Ubuntu: apt install python3-venv",
        )  # fmt: skip
        step("made .venv", began)
    if requirements != ALL and stamped(ALL, fingerprint(ALL, "requirements-uv.txt")):
        return
    wanted = fingerprint(requirements, "requirements-uv.txt")
    if stamped(requirements, wanted):
        return
    began = step(f"Installing the packages of {requirements}")
    problem = "Could not install the packages: is there a network, and can it reach PyPI?"
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes"]
    quietly(*pip, "-r", "requirements-uv.txt", problem=problem)
    quietly(
        BIN / "uv", "pip", "install", "--quiet", "--python", PYTHON, "--compile-bytecode",
        "--require-hashes", "-r", requirements, problem=problem,
    )  # fmt: skip
    put_stamp(requirements, wanted)
    step("installed", began)


def check_database():
    """Stop with one line when DATABASE_URL names a database that does not answer."""
    if os.environ.get("DATABASE_URL") and manage("check_database"):
        sys.exit(1)


def manage(*arguments):
    """Run manage.py with our own input and output; return its exit code."""
    return subprocess.call([str(PYTHON), "manage.py", *arguments], cwd=HERE, env=environment())


def prepare():
    """A migrated database with example data. Skips both when nothing they come from has changed."""
    inputs = ("kennispunt/*/migrations/*.py", "kennispunt/*/data/**/*", "inhoud/**/*")
    code = ("kennispunt/*/management/commands/load_*.py", "kennispunt/*/example.py")
    database = os.environ.get("DATABASE_URL", "")
    wanted = (
        f"{database} {fingerprint(*inputs, *code, 'requirements.txt', 'kennispunt/settings.py')}"
    )
    if stamped("database", wanted) and (
        # A server may have lost what we made there; a file is there or it is not.
        not manage("migrate", "--check", "--verbosity", "0")
        if database
        else (HERE / "var" / "db.sqlite3").exists()
    ):
        return
    for title, command in (
        ("Making the database", "migrate"),
        ("Loading examples", "load_example"),
    ):
        began = step(title)
        if manage(command, "--verbosity", "0" if command == "migrate" else "1"):
            stop(f"manage.py {command} failed; see above.")
        step(command, began)
    put_stamp("database", wanted)


def run(*arguments):
    """The site with its worker and clock, until Ctrl-C."""
    began = time.monotonic()
    if not PORT.isdigit() or not 0 < int(PORT) < 65536:
        stop(f"PORT must be a number from 1 to 65535, not {PORT!r}.")
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", int(PORT)))
        except OSError:
            stop(f"Port {PORT} is taken. Choose another: PORT=8001 python3 dev.py run")
    set_up()
    check_database()
    prepare()
    manage("show_example")
    commands = [
        [BIN / "gunicorn", "kennispunt.wsgi", "--bind", f"127.0.0.1:{PORT}", "--reload", "--workers", "1", "--threads", "4"],
        [PYTHON, "manage.py", "work"],
        [PYTHON, "manage.py", "clock", "--every", "60"],
    ]  # fmt: skip
    # The children share our process group, so Ctrl-C reaches all of them.
    children = [start(command) for command in commands]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        wait_until_open(children[0])
        print(
            f"\nReady after {time.monotonic() - began:.1f} s: http://localhost:{PORT}\nCtrl-C stops it.\n",
            flush=True,
        )
        keep_alive(commands, children)
    except KeyboardInterrupt:
        print("\nStopped.")
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait()


def keep_alive(commands, children):
    """Start again what ends, as a supervisor on a server does; what ends at once is given up."""
    ends = [[] for _ in commands]
    while True:
        for number, child in enumerate(children):
            if child.poll() is None:
                continue
            ends[number] = [at for at in ends[number] if time.monotonic() - at < 60]
            ends[number].append(time.monotonic())
            name = " ".join(str(part) for part in commands[number][:3])
            if len(ends[number]) > MOST_ENDS:
                stop(f"{name} ended {MOST_ENDS} times in a minute; see above.")
            print(
                f"\n{name} ended ({child.returncode}); starting it again.\n",
                file=sys.stderr,
                flush=True,
            )
            children[number] = start(commands[number])
        time.sleep(0.5)


def start(command):
    return subprocess.Popen([str(part) for part in command], cwd=HERE, env=environment())


def wait_until_open(server):
    while server.poll() is None:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", int(PORT))) == 0:
                return
        time.sleep(0.1)
    stop("The site did not start; see above.")


def test(*arguments):
    """Every check, then the tests: tests/__main__.py."""
    in_venv("tests", *arguments)


def bench(*arguments):
    in_venv("bench", *arguments, DEBUG="0", TESTING="1")


def in_venv(module, *arguments, **more):
    """Run a module of ours that needs our packages; end with its exit code."""
    set_up(ALL)
    check_database()
    command = [str(PYTHON), "-m", module, *arguments]
    sys.exit(subprocess.call(command, cwd=HERE, env=environment() | more))


def audit(*arguments):
    """Report known holes in the packages of a server. Never fails unrelated work."""
    set_up(ALL)
    done = subprocess.run(
        [str(BIN / "pip-audit"), "--progress-spinner", "off", "--disable-pip", "--format", "json", "--requirement", "requirements-server.txt"],
        cwd=HERE, env=environment(), capture_output=True, text=True,
    )  # fmt: skip
    packages = json.loads(done.stdout)["dependencies"] if done.stdout.strip() else []
    audited = [package for package in packages if "vulns" in package]
    if not audited:
        print("Audit: the advisory service is out of reach. NOTHING was audited.")
    for package in audited:
        for hole in package["vulns"]:
            fixed = ", ".join(hole["fix_versions"]) or "no version yet"
            print(f"{package['name']} {package['version']}: {hole['id']}, mended in {fixed}")
    print(f"Audit: {len(audited)} of {len(packages)} packages audited.")


def lock(*arguments):
    """Compile pyproject.toml to exact versions with hashes, without any index address."""
    set_up(ALL)
    for file, extras in PACKAGES.items():
        quietly(
            BIN / "uv", "pip", "compile", "pyproject.toml", *extras, "--python-version", "3.11", "--universal",
            "--generate-hashes", "--no-annotate", "--custom-compile-command", "python3 dev.py lock",
            "--output-file", file, problem=f"Could not compile {file}.",
        )  # fmt: skip


def main(command="", *arguments):
    if sys.version_info < (3, 11):  # noqa: UP036 - the message is for an older one
        major, minor = sys.version_info[:2]
        stop(f"Kennispunt needs Python 3.11 or newer; this is {major}.{minor}.")
    if command == "manage":
        set_up()
        sys.exit(manage(*arguments))
    commands = {"run": run, "test": test, "bench": bench, "audit": audit, "lock": lock}
    if command not in commands:
        stop(__doc__)
    commands[command](*arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
