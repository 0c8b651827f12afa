"""A newcomer reads one clear line when something is not as it should be."""

import importlib.util
import os
import re
import socket
import subprocess
import sys

import pytest
from django.conf import settings

DEV = settings.BASE_DIR / "dev.py"


@pytest.fixture
def dev():
    """dev.py as a module, to be put in unlucky circumstances."""
    spec = importlib.util.spec_from_file_location("dev", DEV)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said(dev, *arguments):
    with pytest.raises(SystemExit) as end:
        dev.main(*arguments)
    return str(end.value)


def manage(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR, env=os.environ | environment, capture_output=True, text=True,
        input="print(6 * 7)",
    )  # fmt: skip


def test_python_that_is_too_old(dev, monkeypatch):
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2))

    assert "needs Python 3.11 or newer; this is 3.9" in said(dev, "run")


def test_busy_port(dev, monkeypatch):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        monkeypatch.setattr(dev, "PORT", str(port))

        assert f"Port {port} is taken" in said(dev, "run")


@pytest.mark.parametrize("port", ["", "abc", "0", "70000"])
def test_port_that_is_none(dev, monkeypatch, port):
    monkeypatch.setattr(dev, "PORT", port)

    assert "PORT must be a number" in said(dev, "run")


def test_venv_is_missing(dev, monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "python")
    monkeypatch.setitem(sys.modules, "ensurepip", None)

    assert "apt install python3-venv" in said(dev, "manage", "check")


def test_no_network(dev, monkeypatch):
    """pip that cannot reach its index ends with a hint, after its own last words."""
    monkeypatch.setattr(dev, "stamped", lambda *_: False)
    monkeypatch.setattr(
        dev.subprocess, "run",
        lambda *_, **__: subprocess.CompletedProcess([], 1, "Temporary failure in name resolution"),
    )  # fmt: skip

    message = said(dev, "manage", "check")

    assert "is there a network" in message
    assert "name resolution" in message


def test_word_that_is_no_command(dev):
    assert "python3 dev.py run" in said(dev, "start")


def test_kind_of_tests_that_is_not_there():
    from tests.__main__ import main

    with pytest.raises(SystemExit, match="There are: all, fast, thorough, browser"):
        main("slow")


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "postgres://x@y:port/z"])
def test_address_of_a_database_that_is_none(url):
    done = manage("check", DATABASE_URL=url)

    assert done.returncode == 1
    assert done.stderr.strip().startswith("Settings: DATABASE_URL must look like")
    assert len(done.stderr.strip().splitlines()) == 1


def test_database_that_does_not_answer():
    done = manage("check_database", DATABASE_URL="postgres://x:y@127.0.0.1:1/z")

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "does not answer" in done.stderr


def test_server_that_forgets_its_secret_does_not_start():
    done = manage("check", DEBUG="0", TESTING="0", SECRET_KEY="")

    assert done.returncode == 1
    assert "SECRET_KEY must be set" in done.stderr


def test_manage_passes_input_output_and_exit_code():
    assert manage("shell", "--no-imports").stdout.strip() == "42"
    assert manage("nosuch").returncode == 1


def test_example_people_never_reach_a_server():
    for command in ("load_example", "show_example"):
        done = manage(command, DEBUG="0")
        assert done.returncode == 1
        assert "development" in done.stderr or "server" in done.stderr


def test_a_process_that_ends_is_started_again(dev, tmp_path, capsys):
    """The second time it lives; a file says which time it is."""
    mark = tmp_path / "begun"
    program = (
        "import pathlib, sys, time; mark = pathlib.Path(sys.argv[1])\n"
        "if mark.exists(): mark.with_name('again').touch(); time.sleep(600)\n"
        "mark.touch(); sys.exit(3)"
    )
    command = [sys.executable, "-c", program, mark]
    children = [dev.start(command)]

    def look(seconds):
        if mark.with_name("again").exists():
            raise KeyboardInterrupt  # enough

    dev.time.sleep, usual = look, dev.time.sleep
    try:
        with pytest.raises(KeyboardInterrupt):
            dev.keep_alive([command], children)
    finally:
        dev.time.sleep = usual
        children[0].kill()
        children[0].wait()

    assert "starting it again" in capsys.readouterr().err


def test_a_process_that_ends_each_time_is_given_up(dev, monkeypatch):
    command = [sys.executable, "-c", "raise SystemExit(3)"]
    monkeypatch.setattr(dev.time, "sleep", lambda seconds: None)

    with pytest.raises(SystemExit, match="ended 5 times in a minute"):
        dev.keep_alive([command], [dev.start(command)])


def pins(file):
    text = (settings.BASE_DIR / file).read_text("utf-8")
    return set(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def test_all_that_run_and_a_server_install_is_what_was_tested():
    tested = pins("requirements-dev.txt")

    assert pins("requirements.txt") - tested == set()
    assert pins("requirements-server.txt") - tested == set()


ONLY_WHAT_RUN_INSTALLS = """
import re, sys
from importlib.metadata import packages_distributions
from pathlib import Path

installed = {
    re.sub("[-_.]+", "-", name).lower()
    for name in re.findall(r"^([\\w.-]+)==", Path("requirements.txt").read_text(), re.MULTILINE)
}
more = {
    module
    for module, names in packages_distributions().items()
    if not {re.sub("[-_.]+", "-", name).lower() for name in names} & installed
}

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in more - {"pip", "setuptools", "pkg_resources"}:
            raise ModuleNotFoundError(f"{name} is not in requirements.txt", name=name)

assert "redis" in more and "django" not in more
sys.meta_path.insert(0, Refuse())
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "check"])
"""


def test_the_site_needs_only_the_packages_that_run_installs(tmp_path):
    """A server has more (Redis, S3, PostgreSQL), and so has somebody who runs the tests."""
    done = subprocess.run(
        [sys.executable, "-c", ONLY_WHAT_RUN_INSTALLS],
        cwd=settings.BASE_DIR, capture_output=True, text=True,
        env=os.environ | {
            "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "kennispunt.settings",
            "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3",
        },
    )  # fmt: skip

    assert done.returncode == 0, done.stderr[-1500:]
