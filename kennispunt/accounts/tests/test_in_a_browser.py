"""Signing in with a real Chromium: a mailed code, a passkey in a phone that it plays, an app."""

import re

import pytest

from kennispunt.accounts.example import PASSWORD, current_code

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(page, site):
    """A small tab with a fingerprint reader. Passkeys need a name: localhost, not a number."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    reader = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": reader})
    page.set_viewport_size({"width": 360, "height": 780})
    page.home = site.replace("127.0.0.1", "localhost")
    return page


def press(page, name):
    page.get_by_role("button", name=name).click()


def follow(page, name):
    page.get_by_role("link", name=name).click()


def mailed_code(phone, email):
    """What the latest mail to this address says, read in another tab."""
    mails = phone.context.new_page()
    mails.goto(f"{phone.home}/mail/")
    mails.get_by_role("listitem").filter(has_text=f"Aan {email}").get_by_role("link").first.click()
    [code] = re.findall(r"^([A-Z0-9-]{6,9})$", mails.locator("pre").inner_text(), re.MULTILINE)
    mails.close()
    return code


def test_a_new_person_signs_up_with_a_mailed_code_and_from_then_on_with_a_passkey(phone):
    phone.goto(f"{phone.home}/account/signup/")
    phone.get_by_label("Mailadres").fill("nieuw@example.org")
    press(phone, "Maak mijn account")
    phone.get_by_label("Code").fill(mailed_code(phone, "nieuw@example.org"))
    press(phone, "Ga verder")
    phone.wait_for_url("**/mijn/")

    follow(phone, "Hoe je inlogt")
    follow(phone, "Maak een passkey")
    phone.get_by_label("Naam").fill("telefoon")
    press(phone, "Maak de passkey")
    phone.get_by_role("heading", name="Je reservecodes").wait_for()

    phone.goto(f"{phone.home}/mijn/")
    press(phone, "Log uit")
    phone.goto(f"{phone.home}/account/login/")
    press(phone, "Log in met een passkey")
    phone.wait_for_url("**/mijn/")
    assert "Je bent ingelogd met nieuw@example.org" in phone.content()

    press(phone, "Log uit")
    phone.goto(f"{phone.home}/account/login/")
    phone.get_by_label("Mailadres").fill("nieuw@example.org")
    press(phone, "Ga verder")
    phone.get_by_label("Code").fill(mailed_code(phone, "nieuw@example.org"))
    press(phone, "Ga verder")
    phone.get_by_role("heading", name="Nog een stap").wait_for()
    assert "Open de app" not in phone.content()
    press(phone, "Gebruik je passkey")
    phone.wait_for_url("**/mijn/")

    follow(phone, "Hoe je inlogt")
    follow(phone, "Bekijk je passkeys")
    follow(phone, "Haal weg")
    phone.get_by_role("heading", name="Ben jij het?").wait_for()
    press(phone, "Gebruik je passkey")
    press(phone, "Haal de passkey weg")
    phone.get_by_text("Je hebt nog geen passkey").wait_for()


def test_eva_comes_in_at_both_doors_with_the_code_of_her_app(phone):
    phone.goto(f"{phone.home}/beheer/")
    phone.get_by_label("Mailadres").fill("eva@example.org")
    phone.get_by_label("Wachtwoord").fill(PASSWORD)
    press(phone, "Ga verder")
    phone.get_by_role("heading", name="Nog een stap").wait_for()
    phone.goto(f"{phone.home}/balie/")  # the password alone opens neither
    assert phone.url.endswith("/account/2fa/authenticate/")

    phone.get_by_label("Code").fill(current_code())
    press(phone, "Log in")

    phone.wait_for_url("**/beheer/")
    phone.goto(f"{phone.home}/balie/")
    assert phone.url.endswith("/balie/")
