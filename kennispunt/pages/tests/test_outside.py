"""Attacks of a site of somebody else on us, tried by real servers on this machine."""

import time

import pytest

from kennispunt.pages.outside import MOST_BYTES, Failure, Network, NotSeen, is_public, see
from kennispunt.pages.tests.servers import HTML, OUTSIDE, html, network, to, websites


def failure(address, doors):
    with pytest.raises(NotSeen) as caught:
        see(address, doors)
    return caught.value.failure


@pytest.mark.parametrize(
    "address",
    [
        "fec0::1", "feff::1", "192.0.0.192", "192.0.0.9", "::ffff:192.0.0.192",
        "127.0.0.1", "10.0.0.8", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:0:7f00:1::", "2001:db8::1", "kip",
    ],
)  # fmt: skip
def test_address_inside_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2a00:1450:400e:80e::2004", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
)  # fmt: skip
def test_address_outside_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/", "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://0/",
    ],
)  # fmt: skip
def test_own_machine_is_refused_whatever_it_is_called(address):
    def connect(*arguments, **more):
        raise AssertionError("connected")

    assert failure(address, Network(connect=connect)) == Failure.INSIDE


def test_name_with_one_address_inside_is_refused():
    with websites({"half.example/": html()}) as server:
        doors = network(server, {"half.example": [OUTSIDE, "10.0.0.1"]})
        assert failure("http://half.example/", doors) == Failure.INSIDE
        assert server.asked == []


def test_name_that_changes_its_address_between_two_questions_is_asked_once():
    answers = iter([[OUTSIDE], ["127.0.0.1"]])
    with websites({"rebind.example/": html()}) as server:
        doors = network(server)
        doors = Network(look_up=lambda host, port: next(answers), connect=doors.connect)
        assert see("http://rebind.example/", doors).status == 200
    assert next(answers) == ["127.0.0.1"]


def test_redirect_to_the_inside_is_not_followed():
    with websites({"open.example/": to("http://router.example/")}) as server:
        doors = network(server, {"router.example": ["192.168.1.1"]})
        assert failure("http://open.example/", doors) == Failure.INSIDE
        assert server.asked == ["open.example/"]


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://a.example/", "http://[", "http://a:b@c.example/"])  # fmt: skip
def test_redirect_to_something_else_than_a_page(location):
    with websites({"open.example/": to(location)}) as server:
        assert failure("http://open.example/", network(server)) == Failure.WRONG


def test_circle_of_redirects():
    with websites(
        {"a.example/": to("http://b.example/"), "b.example/": to("http://a.example/")}
    ) as server:
        assert failure("http://a.example/", network(server)) == Failure.CIRCLE
        assert server.asked == ["a.example/", "b.example/"]


def test_endless_row_of_redirects():
    with websites({f"a.example/{n}": to(f"/{n + 1}") for n in range(50)}) as server:
        assert failure("http://a.example/0", network(server)) == Failure.CIRCLE
        assert len(server.asked) < 10


def test_site_that_never_answers_is_hung_up_on():
    def silent(handler):
        handler.rfile.read(1)

    with websites({"silent.example/": silent}) as server:
        started = time.monotonic()
        assert failure("http://silent.example/", network(server, seconds=0.3)) == Failure.NO_ANSWER
        assert time.monotonic() - started < 2


def test_site_that_sends_a_letter_now_and_then_is_hung_up_on():
    def drip(handler):
        for _ in range(200):
            handler.wfile.write(b"x")
            time.sleep(0.02)

    with websites({"drip.example/": drip}) as server:
        started = time.monotonic()
        assert failure("http://drip.example/", network(server, seconds=0.3)) == Failure.NO_ANSWER
        assert time.monotonic() - started < 2


def test_of_a_gigabyte_only_the_beginning_is_read():
    sent = []

    def endless(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", HTML)
        handler.send_header("Content-Length", str(10**9))
        handler.end_headers()
        handler.wfile.write(b"<title>Groot</title>")
        for _ in range(10_000):
            handler.wfile.write(b"x" * 100_000)
            sent.append(100_000)

    with websites({"big.example/": endless}) as server:
        seen = see("http://big.example/", network(server))
    assert len(seen.html) == MOST_BYTES
    assert sum(sent) < 10**8


def test_site_without_encryption_behind_https():
    with websites({"plain.example/": html()}) as server:
        assert failure("https://plain.example/", network(server)) == Failure.CERTIFICATE


def test_name_that_does_not_exist():
    with websites({}) as server:
        assert (
            failure("http://gone.example/", network(server, {"gone.example": None}))
            == Failure.NO_NAME
        )


@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, Failure.GONE), (410, Failure.GONE), (403, Failure.REFUSED), (429, Failure.REFUSED), (500, Failure.ERROR), (302, Failure.ERROR)],
)  # fmt: skip
def test_answer_that_is_no_page(status, expected):
    with websites({"a.example/": (status, {}, b"")}) as server:
        assert failure("http://a.example/", network(server)) == expected


@pytest.mark.parametrize(
    "address", ["http://", "http://a.example:kip/", "http://[::1", "javascript:alert(1)", "http://u:p@a.example/", "http://kip\u0000/é"]
)  # fmt: skip
def test_address_that_is_none(address):
    with websites({}) as server:
        assert failure(address, network(server, {"kip\0": None})) in (
            Failure.WRONG,
            Failure.NO_NAME,
        )
        assert server.asked == []


def test_accents_in_an_address_are_written_out():
    with websites({"a.example/caf%C3%A9?q=%C3%A9": html()}) as server:
        assert see("http://a.example/café?q=é", network(server)).status == 200
