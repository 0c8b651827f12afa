"""Going back from success never meets an error of the browser."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_answer_to_a_form_may_be_gone_back_to_and_a_private_page_is_not_kept(anna):
    browser = Client()
    browser.force_login(anna)
    address = "/trainingen/wens/vraag/"

    assert browser.post(address, {"people": "0"})["Cache-Control"] == "private, no-cache"
    assert "no-store" in browser.get(address)["Cache-Control"]


@pytest.mark.django_db
def test_signing_out_throws_away_what_the_browser_kept(anna):
    browser = Client()
    browser.force_login(anna)

    assert browser.post("/account/logout/")["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in browser.get("/account/login/")


def sign_in(page):
    page.goto("/account/login/")
    page.fill("[name=login]", "anna@example.org")
    page.fill("[name=password]", "kennispunt")
    page.click("text=Ga verder")
    page.wait_for_url("**/mijn/")


@pytest.mark.browser
def test_back_to_what_was_wrong_after_it_went_right(page):
    sign_in(page)
    page.goto("/trainingen/wens/maatwerk/")
    page.fill("[name=text]", "Wij willen leren hoe je een raadsvoorstel leest.")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.click("main form button[type=submit] >> nth=0")
    page.wait_for_selector("[name=people][aria-invalid]")
    page.fill("[name=people]", "4")
    page.click("main form button[type=submit] >> nth=0")
    page.wait_for_url("**/mijn/trainingen/")

    page.go_back()

    assert "raadsvoorstel" in page.input_value("[name=text]")


@pytest.mark.browser
def test_back_to_a_wrong_password_after_signing_in(page):
    page.goto("/account/login/")
    page.fill("[name=login]", "anna@example.org")
    page.fill("[name=password]", "verkeerd-woord")
    page.click("text=Ga verder")
    page.wait_for_selector("text=klopt niet")
    page.fill("[name=password]", "kennispunt")
    page.click("text=Ga verder")
    page.wait_for_url("**/mijn/")

    page.go_back()

    assert page.url.endswith("/account/login/") or page.url.endswith("/mijn/")
    assert page.locator("main h1").count() == 1


@pytest.mark.browser
def test_what_was_typed_is_there_after_the_session_ended(page):
    """Also with the scripts of a real browser, and the words of the sign-in page."""
    sign_in(page)
    page.goto("/trainingen/wens/maatwerk/")
    page.fill("[name=text]", "Wij willen leren hoe je een motie schrijft.")
    page.context.clear_cookies(name="sessionid")
    page.click("main form button[type=submit] >> nth=0")
    page.wait_for_selector("text=Wat je typte, is bewaard")
    page.fill("[name=login]", "anna@example.org")
    page.fill("[name=password]", "kennispunt")
    page.click("text=Ga verder")
    page.wait_for_selector("text=Wat je typte, staat er weer")

    assert page.input_value("[name=text]") == "Wij willen leren hoe je een motie schrijft."
