"""The site in a real Chromium: accessible, light, and usable with a keyboard alone."""

from urllib.parse import unquote_plus

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

# One page for each template.
PAGES = [
    "/",
    "/over/",
    "/contact/",
    "/toegankelijkheid/",
    "/privacy/",
    "/onderwerpen/",
    "/onderwerpen/oprichten/",
    "/onderwerpen/oprichten/naam-registreren/",
    "/begrippen/",
    "/zoeken/?q=statuten",
    "/zoeken/?q=kwxzqv",
    "/api/v1/",
    "/kalender/",
    "/kalender/provinciale-staten-2027/",
    "/kalender/provinciale-staten-2027/nieuw/",
    "/kalender/provinciale-staten-2027/nieuw/blad/",
    "/kalender/gebied/",
    "/kalender/gebied/assen/",
    "/over/feiten/",
    "/partijen/aanmelden/",
    "/partijen/",
    "/partijen/?q=assen",
    "/partijen/gebied/assen/",
    "/partijen/wie-kan-meedoen/",
    "/wegwijzer/",
    "/wegwijzer/raadslid/opleiding/",
    "/wegwijzer/hulp/coelo/",
    "/wegwijzer/hulp/coelo/fout/",
    "/dossiers/",
    "/dossiers/omgevingswet/",
    "/griffiers/",
    "/griffiers/assen/",
    "/trainingen/wens/",
    "/trainingen/stem/",
    "/trainingen/",
    "/trainingen/?bij=drachten&wanneer=avond",
    "/trainingen/leden-werven/",
    "/trainingen/voorbeeld-leden-werven/1/",  # an edition of the example data
    "/mail/",  # in development only
    "/bestaat-niet/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_no_fault(page, address, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    answer = page.goto(address)
    assert answer.status == (404 if address == "/bestaat-niet/" else 200)

    faults = Axe().run(page).response["violations"]

    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in faults] == []


@pytest.mark.parametrize("address", PAGES)
def test_nothing_scrolls_sideways_on_the_smallest_phone(page, address):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(
    ("address", "kilobytes", "requests"), [("/", 40, 8), ("/over/", 28, 6), ("/privacy/", 28, 6)]
)
def test_first_visit_is_light(page, address, kilobytes, requests):
    """Bytes over the wire as Chromium counts them, headers included."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")

    assert sum(sizes) <= kilobytes * 1024
    assert len(sizes) <= requests


def test_nothing_moves_while_the_page_comes_in(page):
    """Also on a busy machine, where the page is drawn in parts: only a column of a table may grow."""
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => {"
        " for (const entry of list.getEntries()) window.moved += entry.value;"
        "}).observe({type: 'layout-shift', buffered: true})"
    )
    for address in PAGES:
        page.goto(address, wait_until="networkidle")
        assert page.evaluate("window.moved") < 0.006, address


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name")


def test_keyboard_goes_from_skip_link_through_the_menu_to_the_form(page):
    page.goto("/over/")
    page.keyboard.press("Tab")
    assert focused(page) == "Naar de inhoud"

    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.append(focused(page))
        if seen[-1] == "q":
            break

    assert seen[0] == "kennispunt"
    assert seen[-1] == "q"


def test_skip_link_leads_to_the_text(page):
    page.goto("/over/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "inhoud"


def test_focus_can_be_seen(page):
    page.goto("/contact/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert style == "solid"


def test_page_asks_nothing_of_other_hosts_and_breaks_no_policy(page, site):
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    for address in PAGES:
        page.goto(address, wait_until="networkidle")

    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert [text for text in complaints if "404" not in text] == []


def test_page_reads_without_scripts(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{site}/")

    assert tab.get_by_role("search").count() >= 1
    assert tab.get_by_role("navigation").count() >= 1
    context.close()


@pytest.mark.parametrize("width", [360, 1440])
def test_reader_says_what_is_missing(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/onderwerpen/oprichten/naam-registreren/")
    page.get_by_role("button", name="Nee, ik mis iets").click()
    page.wait_for_url("**/reactie/**")
    assert Axe().run(page).response["violations"] == []

    page.locator("main textarea").fill("Hoe lang het duurt.")
    page.get_by_role("button", name="Verstuur je opmerking").click()

    page.get_by_role("heading", name="Bedankt").wait_for()
    assert "Hoe lang" not in unquote_plus(page.url)
    assert Axe().run(page).response["violations"] == []


def test_suggestion_is_chosen_by_keyboard(page):
    page.goto("/zoeken/")
    page.get_by_role("combobox", name="Waar zoek je naar?").focus()
    page.keyboard.type("statuten wij")
    page.get_by_role("option", name="De statuten wijzigen", exact=True).wait_for()
    assert Axe().run(page).response["violations"] == []

    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=*")

    assert page.get_by_role("combobox", name="Waar zoek je naar?").input_value() == chosen
    assert page.get_by_role("heading", name="Het dichtst bij je vraag").count() == 1
