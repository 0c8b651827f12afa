"""Servers compared: the same pages on each, loaded with wrk. Also ground of bench/pages.py."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
WORKERS, CLIENTS = 2, 16
GUNICORN = "gunicorn {app} --bind 127.0.0.1:{port} --workers {workers}"
COMMANDS = {
    "gunicorn sync": GUNICORN,
    "gunicorn threads": GUNICORN + " --threads 4",
    "granian": "granian {app}:application --interface wsgi --host 127.0.0.1 --port {port}"
    " --workers {workers} --blocking-threads 1 --no-ws",
}
TICK = os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(app, server="gunicorn threads", **settings):
    """(address, process id) of a running server, as on a real one: no access log to a terminal."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    values = {"app": app, "port": port, "workers": WORKERS}
    command = [sys.executable, "-m", *COMMANDS[server].format(**values).split()]
    process = subprocess.Popen(
        command,
        cwd=HERE,
        env=os.environ | {"DEBUG": "0", "TESTING": "1", **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(process, port)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait()


def wait_for(process, port):
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("the server did not start")
        with socket.socket() as trial:
            if not trial.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start in time")


def body(address, coding="gzip"):
    request = urllib.request.Request(address, headers={"Accept-Encoding": coding})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def cpu_of_group(group):
    """CPU seconds so far of every process of a server."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:  # its process group
            total += int(fields[11]) + int(fields[12])
    return total / TICK


def load(address, group, seconds=3):
    """(answers per second, CPU milliseconds of the server for each). All must be 200."""
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing. On Debian and Ubuntu: apt install wrk")
    before = cpu_of_group(group)
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "-H", "Accept-Encoding: gzip", address],
        capture_output=True, text=True, check=True, timeout=seconds + 60,
    ).stdout  # fmt: skip
    spent = cpu_of_group(group) - before
    if "Non-2xx" in done:
        raise RuntimeError(f"answers that are not 200 at {address}:\n{done}")
    answers = int(re.search(r"(\d+) requests in", done)[1])
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done)[1])
    return rate, spent * 1000 / max(answers, 1)


def run(size):
    """Hits and misses on each server, as a ratio to the floor on the first."""
    from bench.pages import TARGETS, compare, make_posts

    make_posts()
    for server in COMMANDS:
        if not find_spec(server.split()[0]):
            continue
        for name, (rate, spent) in compare(server, TARGETS).items():
            yield f"{server}, {name}: CPU", spent, "ms"
            yield f"{server}, {name}: answers", rate, "per s"
