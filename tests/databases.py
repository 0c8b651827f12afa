"""Databases for tests and benchmarks: migrated once, then copied.

Migrating an empty database takes many seconds; copying a migrated one takes a moment. A template
is made once per state of the migrations, and every process gets a copy of its own.
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
EXAMPLE = (
    *MIGRATIONS,
    "kennispunt/*/data/**/*",
    "kennispunt/*/example.py",
    "kennispunt/*/management/commands/load_*.py",
    "inhoud/**/*",
)


def _fingerprint(patterns):
    total = hashlib.sha256()
    settings = (HERE / "kennispunt" / "settings.py").read_text("utf-8")
    total.update("".join(DECIDING.findall(settings)).encode())
    for file in sorted({file for pattern in patterns for file in HERE.glob(pattern)}):
        if file.is_file():
            total.update(str(file.relative_to(HERE)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()[:12]


def _manage(url, *arguments):
    env = os.environ | {"DATABASE_URL": url, "DEBUG": "1"}
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=HERE, env=env, check=True)


def _fill(url, example):
    _manage(url, "migrate", "--verbosity", "0")
    if example:
        _manage(url, "load_example")


@contextmanager
def _one_at_a_time():
    """Test processes that start together wait for the one that makes the template."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sql(*statements):
    """Run statements on the server's own database, outside any transaction."""
    import psycopg

    with psycopg.connect(URL.replace("pgsql:", "postgres:"), autocommit=True) as connection:
        return [connection.execute(statement) for statement in statements]


def _postgres_url(name):
    return URL.rpartition("/")[0] + "/" + name


def _postgres_copy(kind, patterns):
    template = f"kennispunt_{kind}_{_fingerprint(patterns)}"
    with _one_at_a_time():
        [known] = _sql(f"SELECT count(*) FROM pg_database WHERE datname = '{template}'")
        if not known.fetchone()[0]:
            unfinished = f"{template}_{os.getpid()}"
            _sql(f"CREATE DATABASE {unfinished}")
            _fill(_postgres_url(unfinished), kind == "example")
            _sql(f"ALTER DATABASE {unfinished} RENAME TO {template}")
        name = f"kennispunt_copy_{os.getpid()}_{os.urandom(3).hex()}"
        _sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


@contextmanager
def copy(kind="empty"):
    """The URL of a fresh database, gone afterwards. kind: "empty" (migrated) or "example"."""
    patterns = EXAMPLE if kind == "example" else MIGRATIONS
    if ON_POSTGRES:
        name = _postgres_copy(kind, patterns)
        try:
            yield _postgres_url(name)
        finally:
            _sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        return
    template = CACHE / f"{kind}-{_fingerprint(patterns)}.sqlite3"
    with _one_at_a_time():
        if not template.exists():
            unfinished = template.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            _fill(f"sqlite:///{unfinished}", kind == "example")
            unfinished.rename(template)
    with tempfile.TemporaryDirectory(prefix="kennispunt-") as folder:
        yield f"sqlite:///{shutil.copy(template, folder)}"


def settings_of(url):
    """The same database as Django's settings want it: engine, name and the rest."""
    return environ.Env.db_url_config(url)
