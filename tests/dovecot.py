"""A real IMAP server for tests: Debian's dovecot, on loopback, with files of its own."""

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password=geheim
}}
userdb {{
  driver = static
  args = uid={user} gid={user_group} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


class Dovecot:
    """`with Dovecot(program) as server:` starts it; stop() and start() play that it is down."""

    def __init__(self, program):
        self.program = program
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.folder.chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        root = os.geteuid() == 0
        me = pwd.getpwuid(os.geteuid())
        owner = pwd.getpwnam("mail") if root else me
        for name in ("mail", "run", "state"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "mail", owner.pw_uid, owner.pw_gid)
        (self.folder / "dovecot.conf").write_text(
            CONFIGURATION.format(
                folder=self.folder,
                port=self.port,
                internal="dovecot" if root else me.pw_name,
                login="dovenull" if root else me.pw_name,
                group="dovecot" if root else me.pw_gid,
                user=owner.pw_uid,
                user_group=owner.pw_gid,
            )
        )
        self.process = None

    def url(self, name):
        return f"imap://{name}:geheim@127.0.0.1:{self.port}/INBOX"

    def client(self, name):
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        client.login(name, "geheim")
        return client

    def put(self, name, *messages):
        """Lay messages in somebody's inbox."""
        client = self.client(name)
        for message in messages:
            client.append("INBOX", None, None, message)
        client.logout()

    def count(self, name, folder="INBOX"):
        client = self.client(name)
        found = client.select(folder, readonly=True)
        client.logout()
        return int(found[1][0]) if found[0] == "OK" else 0

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "-F", "-c", str(self.folder / "dovecot.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(200):
            try:
                self.client("proef").logout()
                return self
            except (OSError, imaplib.IMAP4.error):
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
