"""The virus scanner, over clamd's own protocol: INSTREAM, chunks with their length, one line back."""

import socketserver
import struct
import threading

import pytest
from django.core.exceptions import ValidationError

from kennispunt.files import actions
from kennispunt.files.models import StoredFile
from kennispunt.files.tests import make
from kennispunt.files.tests.conftest import OWNER

pytestmark = pytest.mark.django_db


class Clamd(socketserver.StreamRequestHandler):
    """Answers as clamd does. What it was sent is in `seen` of the server."""

    def handle(self):
        assert self.rfile.readline() == b"nINSTREAM\n"
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.seen.append(content)
        self.wfile.write(self.server.answer + b"\n")


@pytest.fixture
def clamd(settings):
    with socketserver.TCPServer(("127.0.0.1", 0), Clamd) as server:
        server.seen, server.answer = [], b"stream: OK"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()
        thread.join()


def keep():
    return actions.keep(make.upload(make.pdf()), owner=OWNER)


def test_a_clean_file_is_scanned_whole_and_kept(clamd, readers):
    assert keep()
    assert clamd.seen == [make.pdf()]


def test_a_virus_is_not_kept(clamd, readers):
    clamd.answer = b"stream: Eicar-Signature FOUND"

    with pytest.raises(ValidationError, match="virus"):
        keep()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR", b"stream: Broken ERROR", b"", b"\xff\xfe"]
)
def test_a_scanner_that_cannot_tell_lets_nothing_through(clamd, readers, answer):
    clamd.answer = answer

    with pytest.raises(ValidationError, match="kwartier"):
        keep()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.ctl"])
def test_a_scanner_that_is_away_lets_nothing_through(settings, readers, url):
    settings.CLAMD_URL = url

    with pytest.raises(ValidationError, match="kwartier"):
        keep()
