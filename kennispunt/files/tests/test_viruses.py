"""The virus scanner: Debian's own clamd, and answers that it rarely gives."""

import os
import socket
import socketserver
import struct
import threading

import pytest
from django.core.exceptions import ValidationError

from kennispunt.files import actions, viruses
from kennispunt.files.models import StoredFile
from kennispunt.files.tests import make
from kennispunt.files.tests.conftest import OWNER
from tests.clamd import EICAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def scanner(clamd, settings):
    settings.CLAMD_URL = clamd.urls["tcp"]
    return clamd


def store(content=None, name="brief.pdf"):
    return actions.store(make.upload(content or make.pdf(), name), owner=OWNER)


@pytest.mark.parametrize("way", ["tcp", "unix"])
def test_a_clean_file_is_kept(scanner, settings, readers, way):
    settings.CLAMD_URL = scanner.urls[way]

    assert store()
    assert store(make.docx(), "brief.docx")
    assert store(make.picture(), "foto.jpg")


def with_a_virus(kind):
    if kind == "behind the letter":
        return make.odt(**{"Pictures/1.png": EICAR})
    if kind == "packed in it":
        return make.odt(**{"1.zip": make.package({"virus.com": EICAR})})
    return make.pdf() + EICAR


@pytest.mark.parametrize("kind", ["as it is", "behind the letter", "packed in it"])
def test_a_virus_is_not_kept(scanner, readers, kind):
    with pytest.raises(ValidationError, match="virus"):
        store(with_a_virus(kind))
    assert not StoredFile.objects.exists()


def test_a_file_that_the_scanner_finds_too_large_is_not_kept(scanner, readers):
    noise = make.odt(**{"Pictures/1.png": os.urandom(3_000_000)})

    with pytest.raises(ValidationError, match="kwartier"):
        store(noise, "brief.odt")
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("way", ["tcp", "unix"])
def test_a_scanner_that_is_away_lets_nothing_through(scanner, settings, readers, way):
    settings.CLAMD_URL = scanner.urls[way]
    scanner.stop()
    try:
        with pytest.raises(ValidationError, match="kwartier"):
            store()
    finally:
        scanner.start()
    assert not StoredFile.objects.exists()

    assert store()


# --- What the real one does not do on request -----------------------------------------------------


class Odd(socketserver.StreamRequestHandler):
    """Takes a file as clamd does, INSTREAM: chunks with their length; then says what it likes."""

    def handle(self):
        if b"PING" in self.rfile.readline():
            self.wfile.write(b"PONG\n")
            return
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            self.rfile.read(size)
        self.wfile.write(self.server.answer + b"\n")


@pytest.fixture
def odd_scanner(settings):
    with socketserver.TCPServer(("127.0.0.1", 0), Odd) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("answer", [b"stream: Broken ERROR", b"", b"\xff\xfe"])
def test_a_scanner_that_cannot_tell_lets_nothing_through(odd_scanner, readers, answer):
    odd_scanner.answer = answer

    with pytest.raises(ValidationError, match="kwartier"):
        store()
    assert not StoredFile.objects.exists()


def test_a_silent_scanner_costs_no_scan(settings, readers, monkeypatch):
    """It takes connections and says nothing: an hour would be waited for a scan."""
    monkeypatch.setattr(viruses, "AWAKE", 0.05)
    monkeypatch.setattr(viruses, "SECONDS", 3600)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.CLAMD_URL = f"tcp://127.0.0.1:{silent.getsockname()[1]}"

        with pytest.raises(ValidationError, match="kwartier"):
            store()
