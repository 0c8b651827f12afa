"""Databases for tests and benchmarks: migrated and filled once, then copied.

Migrating an empty database takes many seconds; copying a migrated one takes a moment. A template
is made once per state of what it is made of, and every process gets a copy of its own:

    empty     migrated
    starter   … and with what every new site begins with (load_starter): areas, facts and texts
    example   … and with the example people and parties (load_example)
    release   as the last release left it, with a few rows in every table (tests/upgrade/)
    upgraded  … and migrated to today
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import environ

HERE = Path(__file__).resolve().parent.parent
CACHE = HERE / ".cache" / "databases"
URL = os.environ.get("DATABASE_URL", "")
ON_POSTGRES = URL.startswith(("postgres", "pgsql"))

MIGRATIONS = ("kennispunt/*/migrations/*.py", "requirements.txt")
# Of the settings only what decides about the content of a database: an app that joins brings
# migrations of its own. A new file limit must not cost everybody a migration.
DECIDING = re.compile(
    r"^(?:LAYERS|INSTALLED_APPS|STARTER_COMMANDS) = \[.*?\]$", re.MULTILINE | re.DOTALL
)
STARTER = (
    *MIGRATIONS,
    "kennispunt/*/data/**/*",
    "kennispunt/*/loading.py",
    "kennispunt/pages/sources.py",
    "kennispunt/*/searchable.py",
    "kennispunt/search/*.py",
    "kennispunt/*/management/commands/load_*.py",
    "inhoud/**/*",
)
RELEASE = ("tests/upgrade/*", "requirements.txt")
KINDS = {  # kind: the files that decide, the kind it is made from, and what makes it
    "empty": (MIGRATIONS, None, "manage.py migrate"),
    "starter": (STARTER, "empty", "manage.py load_starter"),
    "example": ((*STARTER, "kennispunt/*/example.py"), "starter", "manage.py load_example"),
    "release": (RELEASE, None, "-m tests.upgrade.restore"),
    "upgraded": ((*RELEASE, *MIGRATIONS), "release", "manage.py migrate"),
}


def _fingerprint(patterns):
    total = hashlib.sha256()
    settings = (HERE / "kennispunt" / "settings.py").read_text("utf-8")
    total.update("".join(DECIDING.findall(settings)).encode())
    for file in sorted({file for pattern in patterns for file in HERE.glob(pattern)}):
        if file.is_file():
            total.update(str(file.relative_to(HERE)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()[:12]


def _run(url, command):
    env = os.environ | {"DATABASE_URL": url, "DEBUG": "1"}
    env["DJANGO_SETTINGS_MODULE"] = "kennispunt.settings"
    command = [sys.executable, *command.split()]
    subprocess.run(command, cwd=HERE, env=env, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _one_at_a_time(name):
    """Test processes that start together wait for the one that makes this template."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sql(*statements):
    """Run statements on the server's own database, outside any transaction."""
    import psycopg

    with psycopg.connect(URL.replace("pgsql:", "postgres:"), autocommit=True) as connection:
        return [connection.execute(statement) for statement in statements]


def _postgres_url(name):
    return URL.rpartition("/")[0] + "/" + name


def _postgres_template(kind):
    """The name of the finished template; made first when it is not there."""
    patterns, base, command = KINDS[kind]
    name = f"kennispunt_{kind}_{_fingerprint(patterns)}"
    with _one_at_a_time(name):
        [known] = _sql(f"SELECT count(*) FROM pg_database WHERE datname = '{name}'")
        if not known.fetchone()[0]:
            unfinished = f"{name}_{os.getpid()}"
            start = _postgres_template(base) if base else "template1"
            _sql(f"CREATE DATABASE {unfinished} TEMPLATE {start}")
            _run(_postgres_url(unfinished), command)
            _sql(f"ALTER DATABASE {unfinished} RENAME TO {name}")
    return name


def _sqlite_template(kind):
    """The file of the finished template; made first when it is not there."""
    patterns, base, command = KINDS[kind]
    file = CACHE / f"{kind}-{_fingerprint(patterns)}.sqlite3"
    with _one_at_a_time(file.stem):
        if not file.exists():
            unfinished = file.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            if base:
                shutil.copy(_sqlite_template(base), unfinished)
            _run(f"sqlite:///{unfinished}", command)
            unfinished.rename(file)
    return file


@contextmanager
def copy(kind="empty"):
    """The URL of a fresh database of a kind, gone afterwards."""
    if ON_POSTGRES:
        name = f"kennispunt_copy_{os.getpid()}_{os.urandom(3).hex()}"
        _sql(f"CREATE DATABASE {name} TEMPLATE {_postgres_template(kind)}")
        try:
            yield _postgres_url(name)
        finally:
            _sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        return
    with tempfile.TemporaryDirectory(prefix="kennispunt-") as folder:
        yield f"sqlite:///{shutil.copy(_sqlite_template(kind), folder)}"


def settings_of(url):
    """The same database as Django's settings want it: engine, name and the rest."""
    return environ.Env.db_url_config(url)
