"""Fetch an address of somebody else's site, trusting nothing about it.

An address in a text may lead inside our own network, never answer, answer a gigabyte, or send us
round in circles. So: every name is looked up once and we connect to exactly what was found (a
second look-up could give another answer), only addresses on the public internet, again for each
redirect; one limit of time for each request as a whole, and few bytes.
"""

import socket
import ssl
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings
from django.db import models

SECONDS = 15  # for one request, from the first connection to the last byte
MOST_BYTES = 256 * 1024  # the title stands in the head
MOST_REDIRECTS = 6
PERMANENT = {301, 308}
REDIRECTS = PERMANENT | {302, 303, 307}
NAT64 = IPv6Network("64:ff9b::/96")
# Not for everyone either, though Python does not say so of all: RFC 6890 and RFC 3879.
ASIDE = (IPv4Network("192.0.0.0/24"), IPv6Network("fec0::/10"))


class Failure(models.TextChoices):
    """A reason why we did not see the page, in words for the steward."""

    GONE = "gone", "De pagina bestaat niet meer."
    ERROR = "error", "De site geeft een fout."
    REFUSED = "refused", "De site laat ons programma niet toe. Kijk zelf even."
    NO_NAME = "no-name", "De naam van de site bestaat niet."
    NO_ANSWER = "no-answer", "De site antwoordt niet."
    CERTIFICATE = "certificate", "De beveiliging (het certificaat) klopt niet."
    CIRCLE = "circle", "De site stuurt ons in een kring rond."
    INSIDE = "inside", "Het adres wijst niet naar het openbare internet."
    WRONG = "wrong", "Dit is geen geldig adres."


# With these it may be our own connection that is broken.
SILENT = {Failure.NO_NAME, Failure.NO_ANSWER}


class NotSeen(Exception):
    def __init__(self, failure: Failure, status: int | None = None):
        super().__init__(failure)
        self.failure, self.status = failure, status


@dataclass(frozen=True)
class Seen:
    """The answer that came back in the end."""

    address: str  # where it was found
    moved: bool  # every redirect on the way said that it is for good
    status: int
    html: str = ""  # the beginning; empty when it is no HTML


def look_up(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(answer[4][0] for answer in found))


@dataclass(frozen=True)
class Network:
    """The two doors to the outside, so that a test can put a server of its own behind them."""

    look_up: Callable[[str, int], list[str]] = look_up
    connect: Callable[..., socket.socket] = socket.create_connection
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = SECONDS


def is_public(address: str) -> bool:
    """Whether this is on the public internet, also when it is an IPv4 address in disguise."""
    try:
        ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        hidden = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in NAT64:
            hidden.append(IPv4Address(int(ip) & 0xFFFFFFFF))
        if not all(is_public(str(one)) for one in hidden if one):
            return False
        if ip.ipv4_mapped or ip in NAT64:
            return True
    if any(ip in network for network in ASIDE):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def see(address: str, network: Network) -> Seen:
    """Fetch an address and follow where it leads. NotSeen when there is nothing to see."""
    visited, moved = set(), True
    for _ in range(MOST_REDIRECTS + 1):
        if address in visited:
            raise NotSeen(Failure.CIRCLE)
        visited.add(address)
        status, location, html = ask(take_apart(address), network)
        if status not in REDIRECTS:
            return judge(Seen(address, moved and len(visited) > 1, status, html))
        if not location:
            raise NotSeen(Failure.ERROR, status)
        moved = moved and status in PERMANENT
        address = follow(address, location)
    raise NotSeen(Failure.CIRCLE)


def judge(seen: Seen) -> Seen:
    match seen.status:
        case 404 | 410:
            raise NotSeen(Failure.GONE, seen.status)
        case 401 | 403 | 405 | 406 | 429 | 451:
            raise NotSeen(Failure.REFUSED, seen.status)
        case status if not 200 <= status < 300:
            raise NotSeen(Failure.ERROR, status)
    return seen


def follow(address: str, location: str) -> str:
    try:
        return urljoin(address, location).partition("#")[0]
    except ValueError:
        raise NotSeen(Failure.WRONG) from None


def take_apart(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise NotSeen(Failure.WRONG) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise NotSeen(Failure.WRONG)
    return parts


def ask(parts: SplitResult, network: Network) -> tuple[int, str, str]:
    """Status, where a redirect leads, and the beginning of the HTML of one request."""
    try:
        with connected(parts, network) as connection:
            connection.request(
                "GET",
                quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + query_of(parts),
                headers={
                    "Accept": "text/html, */*;q=0.5",
                    "Accept-Language": "nl",
                    "Accept-Encoding": "identity",
                    "Connection": "close",
                    "User-Agent": f"Kennispunt (controleert links; {settings.SITE_URL})",
                },
            )
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), beginning(answer)
    except ssl.SSLError:
        raise NotSeen(Failure.CERTIFICATE) from None
    except (OSError, HTTPException, UnicodeError):
        raise NotSeen(Failure.NO_ANSWER) from None


def query_of(parts):
    return "?" + quote(parts.query, safe="/%:@!$&'()*+,;=?~[]") if parts.query else ""


def beginning(answer: HTTPResponse) -> str:
    if "html" not in answer.headers.get_content_type():
        return ""
    charset = answer.headers.get_content_charset() or "utf-8"
    start = answer.read(MOST_BYTES)
    try:
        return start.decode(charset, "replace")
    except LookupError:
        return start.decode("utf-8", "replace")


@contextmanager
def connected(parts: SplitResult, network: Network):
    """A connection to one of the addresses that the name has now, cut off when time is up."""
    host = ascii_name(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    open_now = [dial(addresses_of(host, port, network), port, network)]
    clock = Timer(network.seconds, cut_off, [open_now])
    clock.daemon = True
    clock.start()
    try:
        if parts.scheme == "https":
            # Wrapping gives a new socket, and the clock must be able to end the handshake too.
            open_now[0] = network.trust.wrap_socket(
                open_now[0], server_hostname=host, do_handshake_on_connect=False
            )
            open_now[0].do_handshake()
        connection = HTTPConnection(host, port)
        connection.auto_open = False  # it must never look the name up by itself
        connection.sock = open_now[0]
        if port == (443 if parts.scheme == "https" else 80):
            connection.port = connection.default_port  # so that Host names no port
        yield connection
    finally:
        clock.cancel()
        open_now[0].close()


def ascii_name(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        raise NotSeen(Failure.WRONG) from None


def addresses_of(host: str, port: int, network: Network) -> list[str]:
    try:
        found = network.look_up(host, port)
    except (OSError, UnicodeError):
        raise NotSeen(Failure.NO_NAME) from None
    # One address inside is enough: a name that has both is up to something.
    if not found or not all(is_public(address) for address in found):
        raise NotSeen(Failure.INSIDE)
    return found


def dial(addresses: list[str], port: int, network: Network) -> socket.socket:
    problem = OSError("no address")
    for address in addresses[:3]:
        try:
            return network.connect((address, port), timeout=network.seconds / 3)
        except OSError as failed:
            problem = failed
    raise problem


def cut_off(open_now):
    """End a connection in use by another thread: what it waits for ends as if the site hung up."""
    with suppress(OSError):  # it was closed already
        socket.socket.shutdown(open_now[0], socket.SHUT_RDWR)
