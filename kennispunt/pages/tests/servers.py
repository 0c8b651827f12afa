"""Real servers on this machine, which our tests put behind invented names."""

import socket
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kennispunt.pages.outside import Network

OUTSIDE = "93.184.215.14"  # a public address; nobody is ever connected to it
HTML = "text/html; charset=utf-8"


def html(title="Kiesraad", language="nl", body=""):
    text = f'<!doctype html><html lang="{language}"><title>{title}</title>{body}</html>'
    return (200, {"Content-Type": HTML}, text.encode())


def to(address, status=301):
    return (status, {"Location": address}, b"")


@contextmanager
def websites(pages):
    """A server that answers by Host and path: {"example.org/": html()}. Yields what it was asked.

    A page may also be a function that gets the handler and does as it likes.
    """
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.headers["Host"] + self.path)
            page = pages.get(asked[-1], (404, {}, b""))
            if callable(page):
                page(self)
                return
            status, headers, body = page
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

        def handle(self):
            with suppress(OSError):  # we were hung up on
                super().handle()

    class Server(ThreadingHTTPServer):
        request_queue_size = 128  # five, as it is by itself, turns visitors away on a busy machine

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.asked = asked
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def network(server, names=None, seconds=5.0):
    """Doors that lead every public address to this server. Names give the addresses of a host."""
    names = names or {}

    def look_up(host, port):
        if (found := names.get(host, [OUTSIDE])) is None:
            raise socket.gaierror("no such name")
        return found

    def connect(address, timeout):
        assert address[0] == OUTSIDE or ":" in address[0], address
        return socket.create_connection(server.server_address, timeout=timeout)

    return Network(look_up=look_up, connect=connect, seconds=seconds)
