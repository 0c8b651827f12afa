"""The pages about ourselves, and what machines ask."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.template.loader import render_to_string
from django.utils import timezone


def test_contact_shows_mail_phone_and_hours(client, settings):
    settings.CONTACT_EMAIL = "hulp@voorbeeld.example"
    settings.CONTACT_PHONE = "0123 45 67 89"
    settings.CONTACT_HOURS = "elke dag"

    page = client.get("/contact/").content.decode()

    assert "mailto:hulp@voorbeeld.example" in page
    assert "tel:0123456789" in page
    assert "elke dag" in page


def test_contact_leaves_out_a_phone_that_is_not_there(client, settings):
    settings.CONTACT_PHONE = ""

    assert "tel:" not in client.get("/contact/").content.decode()


@pytest.mark.django_db
def test_healthy_while_the_database_answers(client):
    assert client.get("/gezond/").status_code == 200


def test_ill_without_database(client, monkeypatch):
    def broken():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)

    assert client.get("/gezond/").status_code == 503


def test_security_txt_is_valid_for_a_while_but_not_for_ever(client):
    lines = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines()
    )

    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=30) < expires - timezone.now() < timedelta(days=365)
    assert lines["Contact"].startswith("mailto:")


@pytest.mark.django_db
def test_sitemap_names_the_pages_about_us(client):
    assert b"/toegankelijkheid/</loc>" in client.get("/sitemap.xml").content


@pytest.mark.django_db
def test_page_names_what_a_camera_may_not_do(client):
    assert "camera=()" in client.get("/over/")["Permissions-Policy"]


@pytest.mark.django_db
def test_back_office_has_a_policy_of_its_own(client):
    assert "unsafe-inline" in client.get("/beheer/")["Content-Security-Policy"]


def test_footer_of_one_reader_is_not_shown_to_another():
    """Outside a transaction the footer is remembered: each reader needs their own."""
    mine = render_to_string("ui/base.html", {"is_signed_in": True})
    of_a_visitor = render_to_string("ui/base.html", {"is_signed_in": False})

    assert "Mijn account" in mine.partition("<footer")[2]
    assert "Mijn account" not in of_a_visitor
