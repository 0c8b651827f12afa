"""A real virus scanner for tests: Debian's clamd, on loopback, that knows one virus."""

import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

# The test file of all scanners. In two parts: else a scanner would take this source for it.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EIC" + b"AR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

CONFIGURATION = """
Foreground yes
DatabaseDirectory {folder}/database
TCPSocket {port}
TCPAddr 127.0.0.1
LocalSocket {folder}/socket
StreamMaxLength 1M
LogFile {folder}/log
"""


class Clamd:
    """`with Clamd(program) as scanner:` starts it; stop() and start() play that it is down."""

    def __init__(self, program):
        self.program = program
        self.folder = Path(tempfile.mkdtemp(prefix="clamd-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        database = self.folder / "database"
        database.mkdir()
        # Name:any kind of file:anywhere:these bytes. Nothing is fetched.
        (database / "local.ndb").write_text(f"Kennispunt.Eicar:0:*:{EICAR.hex()}\n")
        (self.folder / "clamd.conf").write_text(
            CONFIGURATION.format(folder=self.folder, port=self.port)
        )
        self.urls = {
            "tcp": f"tcp://127.0.0.1:{self.port}", "unix": f"unix://{self.folder}/socket",
        }  # fmt: skip
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "--config-file", str(self.folder / "clamd.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(200):
            with socket.socket() as trial, socket.socket(socket.AF_UNIX) as other:
                both = ("127.0.0.1", self.port), str(self.folder / "socket")
                if not trial.connect_ex(both[0]) and not other.connect_ex(both[1]):
                    return self
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def __enter__(self):
        return self.start()

    def __exit__(self, *error):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
