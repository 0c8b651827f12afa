"""A real mail server on this machine, that keeps what it gets and refuses what a test wants."""

import asyncio
import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class MailServer:
    """Keeps (address, bytes) of what comes in. refuse[address] = "550 Unknown": its answer.

    when_got[3] = act: done when the third message is in, before we say so.
    refuse_all = "554 …": its answer to every address; refuse_from, refuse_data: to the sender, the
    content. slow: seconds that it takes to say that it has a message.
    """

    def __init__(self):
        self.got, self.refuse, self.connections = [], {}, 0
        self.hang_up_after_data, self.when_got = False, {}
        self.refuse_all = self.refuse_from = self.refuse_data = ""
        self.slow, self.asked = 0, 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.refuse_from:
            return self.refuse_from
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.asked += 1
        if answer := self.refuse_all or self.refuse.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.refuse_data:
            return self.refuse_data
        self.got += [(address, envelope.content) for address in envelope.rcpt_tos]
        if act := self.when_got.pop(len(self.got), None):
            act()
        await asyncio.sleep(self.slow)
        if self.hang_up_after_data:
            server.transport.abort()
        return "250 OK"


class LocalController(Controller):
    def factory(self):
        self.handler.connections += 1
        return SMTP(self.handler, data_size_limit=40_000_000)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def mail_server(settings):
    """A running mail server, to which our mail goes; mail_server.stop() and .start() again."""
    server, port, running = MailServer(), free_port(), []

    def start():
        running.append(LocalController(server, "127.0.0.1", port))
        running[-1].start()
        server.connections = 0  # the controller tried it once

    def stop():
        if running:
            running.pop().stop()

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    server.start, server.stop, server.port = start, stop, port
    start()
    yield server
    stop()


@pytest.fixture
def template(settings, tmp_path):
    """template("Onderwerp: …"): the name of a mail template with this text."""
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path]}]

    def make(source, name="test.md"):
        (tmp_path / name).write_text(source, "utf-8")
        return name

    return make
