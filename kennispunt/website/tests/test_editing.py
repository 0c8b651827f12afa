"""An editor publishes in the back office; a visitor sees it at once, with the page cache on."""

import re

import pytest

from kennispunt.accounts.example import PASSWORD, current_code

ADDRESS = "/onderwerpen/organisatie/verzekeren/"


def sign_in(page, name):
    page.goto("/account/login/")
    page.get_by_label("Mailadres").fill(f"{name}@example.org")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()
    page.locator("input[name=code]").fill(current_code())
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


@pytest.mark.browser
def test_what_is_published_is_there_for_a_visitor_at_once(page, chromium, site):
    visitor = chromium.new_context(base_url=site).new_page()
    visitor.goto(ADDRESS)
    assert visitor.request.get(ADDRESS).headers.get("etag")  # it is a cached page
    sign_in(page, "petra")
    page.goto(f"{site}{ADDRESS}")
    number = re.search(r"/kaart/(\d+)-", page.content())[1]

    page.goto(f"/beheer/pages/{number}/edit/")
    page.locator("input[name=title]").fill("Zijn we nu anders verzekerd?")
    page.locator("footer").get_by_role("button", name="Meer acties").click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_load_state()
    visitor.goto(ADDRESS)

    assert visitor.get_by_role("heading", level=1).inner_text() == "Zijn we nu anders verzekerd?"
    visitor.goto("/onderwerpen/organisatie/")
    assert visitor.get_by_text("Zijn we nu anders verzekerd?").count() == 1
    visitor.context.close()
