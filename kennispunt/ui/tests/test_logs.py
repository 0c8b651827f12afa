"""The log of requests: one line each, no visitor, no key."""

import logging
import secrets
import uuid

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.test import Client, RequestFactory

from kennispunt.ui import logs

KEYS = {
    "signed": lambda: signing.dumps([12, "2026-11-28"], salt="proef"),
    "chance": lambda: secrets.token_urlsafe(24),
    "of a file": lambda: str(uuid.uuid4()),
    "hex": lambda: secrets.token_hex(20),
}


def line_of(path, caplog, **environ):
    def application(environ, start_response):
        start_response("200 OK", [])
        return [b""]

    caplog.set_level(logging.INFO, logger="kennispunt.access")
    environ = RequestFactory().get("/", REMOTE_ADDR="203.0.113.9", **environ).environ | {
        "PATH_INFO": path
    }
    assert logs.with_a_log(application)(environ, lambda *said: None) == [b""]
    return caplog.records[-1].getMessage()


def test_a_line_says_what_was_asked_and_nothing_about_who(caplog):
    line = line_of("/onderwerpen/geld/", caplog, QUERY_STRING="q=zonnebloem")

    assert line.startswith("GET /onderwerpen/geld/ 200 ")
    assert "203" not in line and "zonnebloem" not in line


@pytest.mark.parametrize("odd", ["\n", "\r", "\x1b[31m", "\x00", "\x85", "\u2028", "\u202e"])
def test_nobody_writes_a_line_or_a_colour_of_their_own(caplog, odd):
    path = f"/a{odd}2026-11-28 petra signed in"
    line = line_of(path.encode().decode("latin-1"), caplog)

    assert line.isprintable() and line.isascii()
    assert "%" in line


@pytest.mark.parametrize("times", range(3))
@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("end", ["", "/", "/opmerking/"])
def test_no_key_is_in_it_also_without_the_last_stroke(caplog, kind, end, times):
    assert (
        line_of(f"/partijen/uitnodiging/{KEYS[kind]()}{end}", caplog)
        .split()[1]
        .startswith("/partijen/uitnodiging/~")
    )


def test_nor_the_key_of_a_new_password(caplog, make_user):
    key = f"3-{default_token_generator.make_token(make_user())}"

    assert key not in line_of(f"/account/password/reset/key/{key}/", caplog)


@pytest.mark.parametrize(
    "path",
    [
        "/onderwerpen/oprichten/naam-registreren-bij-het-centraal-stembureau/",
        "/kalender/GR20260318/", "/g/GM0106/", "/static/css/site.0123456789ab.css",
        "/trainingen/leden-werven-en-houden/12/", "/over/",
    ],
)  # fmt: skip
def test_an_ordinary_path_can_be_read(caplog, path):
    assert line_of(path, caplog).split()[1] == path


def test_other_lines_of_the_log_are_one_line_too():
    record = logging.LogRecord("x", logging.INFO, "", 0, "asked: %s", ("a\nb\x1b[2J",), None)

    assert logs.OneLine("{message}", style="{").format(record) == "asked: a\\nb\\x1b[2J"


def test_health_is_asked_by_address(db):
    assert Client(headers={"host": "10.0.0.7:8000"}).get("/gezond/").status_code == 200
    assert Client(headers={"host": "10.0.0.7:8000"}).get("/over/").status_code == 400
