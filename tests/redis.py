"""A real Redis for tests: Debian's server, on loopback, that keeps nothing on disk."""

import signal
import socket
import subprocess
import time


class Redis:
    """`with Redis(program) as server:` starts it; kill(), freeze() and thaw() play the faults."""

    def __init__(self, program):
        self.program = program
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(200):
            with socket.socket() as trial:
                if not trial.connect_ex(("127.0.0.1", self.port)):
                    return self
            assert self.process.poll() is None, "Redis did not start"
            time.sleep(0.05)
        raise AssertionError("Redis did not start")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def freeze(self):
        """It stays, and takes connections, and says nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def __enter__(self):
        return self.start()

    def __exit__(self, *error):
        self.kill()
