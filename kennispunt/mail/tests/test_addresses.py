"""Signed addresses: what they say, and what nobody can make up."""

import re

import pytest

from kennispunt.mail.addresses import is_ours, read, signed_address, signed_in


def address(person="anna@example.org", purpose="helpdesk.question", key=123):
    return signed_address(purpose, key, person)


def test_says_what_it_is_about():
    signed = read(address())

    assert (signed.purpose, signed.key) == ("helpdesk.question", "123")


def test_is_short_enough_and_names_nobody():
    local = address().partition("@")[0]

    assert len(local) <= 64
    assert re.fullmatch(r"antwoord\+helpdesk\.question\.123\.[a-z2-7]{18}", local)


def test_survives_a_server_that_changes_capitals():
    assert read(address()) is not None
    assert read(address().upper()) == read(address())


def test_knows_whose_answer_it_is_however_the_address_is_written():
    signed = read(address("Anna@Example.org"))

    assert signed.is_for("anna@example.ORG")
    assert not signed.is_for("bram@example.org")


def test_nobody_can_change_a_letter():
    good = address()
    local, _, domain = good.partition("@")
    for place in range(len("antwoord+"), len(local)):
        other = "a" if local[place] != "a" else "b"
        assert read(f"{local[:place]}{other}{local[place + 1 :]}@{domain}") is None


def test_an_address_of_another_key_or_person_is_no_proof():
    proof = address().partition("@")[0][-18:]

    assert read(f"antwoord+helpdesk.question.124.{proof}@kennispunt.example") is None
    assert read(f"antwoord+forum.topic.123.{proof}@kennispunt.example") is None


def test_is_found_between_others_and_once():
    text = f"Tess <tess@example.org>, Kennispunt <{address()}>, <{address().upper()}>"

    assert signed_in(text) == [read(address())]
    assert signed_in(f"x{address()}") == signed_in(f"{address()}.example") == []


def test_works_on_a_domain_of_its_own(settings):
    settings.MAIL_IN_ADDRESS = "@antwoord.kennispunt.example"

    assert address().endswith("@antwoord.kennispunt.example")
    assert "+" not in address()
    assert read(address()).key == "123"


def test_goes_to_people_where_nobody_collects_answers(settings):
    settings.MAIL_IN_ADDRESS = ""

    assert address() == settings.CONTACT_EMAIL
    assert read("antwoord+x.1.aaaaaaaaaaaaaaaaaa@kennispunt.example") is None


def test_still_counts_after_the_secret_changed(settings):
    old = address()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert read(old).is_for("anna@example.org")
    assert read(address()).is_for("anna@example.org")


@pytest.mark.parametrize(
    ("purpose", "key"), [("Helpdesk", 1), ("helpdesk", "a.b"), ("helpdesk", "A"), ("a" * 60, 1)]
)
def test_a_purpose_or_key_that_mail_would_damage_is_refused(purpose, key):
    with pytest.raises(ValueError):
        signed_address(purpose, key, "anna@example.org")


def test_knows_its_own_addresses(settings):
    assert is_ours(address())
    assert is_ours("antwoord@kennispunt.example")
    assert is_ours(settings.DEFAULT_FROM_EMAIL)
    assert not is_ours("tess@kennispunt.example")
    settings.MAIL_IN_ADDRESS = "@antwoord.example"
    assert is_ours("wat-dan-ook@antwoord.example")
