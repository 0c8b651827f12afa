"""Pictures for the handbook: drive a running example site as Eva, Maud and Petra.

    python3 dev.py run                                   # in another window
    .venv/bin/python docs/handboek/make_screenshots.py http://localhost:8000

Needs Chromium, and the example people of development. Leaves one draft that waits for Maud.
"""

import io
import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent / "beelden"
TITLE = "De naam van je partij registreren"


def code():
    """The second factor that the example staff has."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kennispunt.settings")
    os.environ.setdefault("DEBUG", "1")
    sys.path.insert(0, str(Path(__file__).parents[2]))
    import django

    django.setup()
    from kennispunt.accounts.example import current_code

    return current_code()


def sign_in(browser, site, email):
    context = browser.new_context(
        base_url=site, locale="nl-NL", viewport={"width": 1200, "height": 800}
    )
    page = context.new_page()
    page.goto("/account/login/")
    page.fill("input[name=login]", email)
    if not page.locator("input[name=password]").is_visible():
        page.locator("summary").first.click()
    page.fill("input[name=password]", "kennispunt")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_selector("input[name=code]")
    page.fill("input[name=code]", code())
    page.locator("input[name=code]").press("Enter")
    page.wait_for_url(lambda address: "login" not in address and "authenticate" not in address)
    return page


def picture(page, name, size=(900, 600)):
    """A small PNG: 64 colours are enough for a screen of text."""
    page.wait_for_timeout(600)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot = shot.resize(size, Image.Resampling.LANCZOS)
    HERE.mkdir(exist_ok=True)
    shot.quantize(64, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)


def open_text(page):
    """The text in the editor: found as an editor finds it, by its title."""
    page.goto("/beheer/pages/search/?q=naam+registreren")
    page.locator(f"a:has-text('{TITLE}')[href*='/edit/']").first.click()
    page.wait_for_selector("textarea[name=body]")


def of_register(petra):
    """The register of parties as Petra keeps it; nothing is sent."""
    petra.goto("/balie/partijen/register/")
    picture(petra, "register")
    petra.locator("h3 a:has-text('Asser Kring')").click()
    petra.locator("summary:has-text('Geef een andere naam')").click()
    petra.locator("[name=naam-name]").fill("Kring Assen")
    petra.locator("[name=naam-source]").fill("mail van de partij")
    picture(petra, "register-naam")
    form = petra.locator("summary:has-text('Leg een fusie')")
    form.click()
    form.scroll_into_view_if_needed()
    petra.locator("#afkomst").evaluate("one => one.scrollIntoView()")
    picture(petra, "register-fusie")


def of_trainings(browser, site, petra):
    """Who was at an evening, as Tess marks it on a phone; what people said; Petra’s figures."""
    tess = sign_in(browser, site, "tess@example.org")
    tess.goto("/balie/trainingen/mijn/")
    past = tess.locator("h2:has-text('Wat is geweest') + ul h3 a")
    recent, before = (past.nth(number).get_attribute("href") for number in (0, 1))
    tess.goto(before)
    tess.locator("h2:has-text('Wat vonden ze')").evaluate("one => one.scrollIntoView()")
    picture(tess, "evaluatie")
    tess.set_viewport_size({"width": 390, "height": 780})
    tess.goto(recent)
    tess.locator("h3 a").first.click()
    for number in (0, 2):  # the first person was there, the second is still to be marked
        tess.locator("li.mark button").nth(number).click()
        tess.wait_for_url("**/#p*")
    tess.goto(tess.url.partition("#")[0])
    picture(tess, "aanwezig", (390, 780))
    petra.goto("/balie/trainingen/cijfers/")
    picture(petra, "cijfers-trainingen")
    of_planning(petra)


def of_planning(petra):
    """Planning as Petra does it; nothing is kept."""
    petra.goto("/balie/trainingen/")
    picture(petra, "trainingen")
    petra.goto(petra.locator(".register h3 a").last.get_attribute("href"))
    picture(petra, "training-editie")
    petra.goto("/balie/trainingen/nieuw/")
    petra.locator("[name=training]").select_option(index=1)
    petra.locator("[name=where]").select_option(index=3)
    for name, value in {"day": "2026-12-25", "begins": "19:30", "ends": "21:30"}.items():
        petra.locator(f"[name='0-{name}']").fill(value)
    petra.get_by_role("button", name="Kijk eerst of de dag past").click()
    picture(petra, "training-plannen")


def main(site):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking"],
        )
        eva = sign_in(browser, site, "eva@example.org")
        open_text(eva)
        address = eva.url.removeprefix(site)
        eva.get_by_role("button", name="Toon/verberg voorvertoning").click()
        eva.wait_for_timeout(7000)  # the preview is made after a pause in typing
        picture(eva, "voorbeeld")
        eva.goto("/beheer/te-controleren/")
        picture(eva, "te-controleren")
        eva.goto(address)
        eva.locator("input[name=what_changed]").fill("Een voorbeeld voor het handboek.")
        eva.locator("[data-w-dropdown-target=toggle]").last.click()
        picture(eva, "indienen")
        eva.locator("button[name=action-submit]").first.click()
        eva.wait_for_load_state()
        maud = sign_in(browser, site, "maud@example.org")
        maud.goto(address)
        maud.locator("[data-w-dropdown-target=toggle]").last.click()
        picture(maud, "meelezen")
        petra = sign_in(browser, site, "petra@example.org")  # once: a code works once
        of_register(petra)
        of_trainings(browser, site, petra)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
