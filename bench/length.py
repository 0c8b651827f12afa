"""How long our pages are on a phone of 360 pixels, beside the mock pages of the design.

The same content: of the article the text of the mock itself, in our own page; of the calendar one
situation. In Debian's Chromium, with the example data. Needs ../shared/design, and measures nothing
without it.
"""

import os
import re
import sys
from pathlib import Path

import html5lib

MOCKS = Path(__file__).resolve().parents[2] / "shared" / "design"
SITE = "http://testserver"
LONG = {"artikel": 1.2, "kalender": 1.3}  # at most so many times the mock


def run(size=None):
    from django.test.utils import setup_test_environment
    from playwright.sync_api import sync_playwright

    if not MOCKS.is_dir():
        print(f"length: not measured, there are no mock pages in {MOCKS}", file=sys.stderr)
        return
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread
    setup_test_environment()
    ours = pages()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        tab = browser.new_page(viewport={"width": 360, "height": 740})
        tab.route(f"{SITE}/**", lambda route: route.fulfill(**given(route.request.url, ours)))
        for mock, address in ours.items():
            tab.goto(f"file://{MOCKS}/{mock}.html")
            drawn = height(tab)
            tab.goto(SITE + address[0])
            made = height(tab)
            yield f"{mock}: mock", drawn, "px"
            yield f"{mock}: {address[0]}"[:44], made, "px"
            most = f" (at most {LONG[mock]})" if mock in LONG else ""
            yield f"{mock}: ours to mock{most}", made / drawn, "times"
        browser.close()


def height(tab):
    return tab.evaluate("document.documentElement.scrollHeight")


def pages():
    """By the name of a mock: the address of ours, and the page."""
    from django.test import Client
    from django.utils.timezone import localdate

    from kennispunt.elections.calendar import next_election

    situation = f"/kalender/{next_election('PS', localdate()).slug}/nieuw/"
    found = {
        "artikel": article_of_the_mock(), "kalender": situation, "home": "/",
        "zoeken": "/zoeken/?q=naam+registreren",
    }  # fmt: skip
    return {mock: (address, Client().get(address)) for mock, address in found.items()}


def given(url, ours):
    from django.test import Client

    address = url.removeprefix(SITE)
    answer = dict(ours.values()).get(address) or Client().get(address)
    body = answer.getvalue() if answer.streaming else answer.content
    return {"status": answer.status_code, "headers": dict(answer.headers), "body": body}


# --- The text of the mock, as an editor would write it -------------------------------------------


def article_of_the_mock() -> str:
    from datetime import date

    from kennispunt.knowledge.tests.make import make_article

    page = html5lib.parse((MOCKS / "artikel.html").read_text("utf-8"), namespaceHTMLElements=False)
    by_class = {one.get("class", "").split(" ")[0]: one for one in page.iter() if one.get("class")}
    brief = "\n".join(f"- {words(one)}" for one in by_class["brief"].iter("li"))
    body = f"## In het kort\n\n{brief}\n\n{markdown(by_class['article__body'])}"
    made = make_article(
        words(next(page.iter("h1"))), slug="zo-lang-als-het-ontwerp", body=body,
        checked_on=date(2026, 11, 19), check_again_on=date(2027, 5, 19),
    )  # fmt: skip
    return made.url


def markdown(body) -> str:
    """What stands between the contents and the sources."""
    parts = []
    for one in body:
        if one.tag == "h2" and words(one) == "Bronnen":
            break
        parts.append(block(one))
    return "\n\n".join(parts)


def block(one) -> str:
    names = one.get("class", "")
    if one.tag in ("h2", "h3"):
        title = words(one)
        return f"## {'Vragen' if title.startswith('Vragen') else title}"
    if "steps" in names:
        steps = [(words(step.find(".//h3")), step.findall(".//p")) for step in one]
        return "\n\n".join(
            f"**{number}. {title}.** {' '.join(map(words, text))}"
            for number, (title, text) in enumerate(steps, 1)
        )
    if one.tag in ("ul", "ol"):
        return "\n".join(f"- {words(item)}" for item in one.iter("li"))
    if "table" in names:
        rows = [[words(cell) for cell in row] for row in one.iter("tr")]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([lines[0], f"|{'---|' * (len(rows[0]) - 1)}---:|", *lines[1:]])
    if "faq" in names:
        return "\n\n".join(
            f"### {words(asked.find('summary'))}\n\n{' '.join(map(words, asked.iter('p')))}"
            for asked in one.iter("details")
        )
    if "buttons" in names:
        return "\n\n".join(words(button) for button in one)
    return words(one)


def words(element) -> str:
    """The text; a reference to a law as one of ours."""
    said = []
    for one in element.iter():
        text = (one.text or "") if one.tag != "svg" else ""
        law = re.fullmatch(r"Kieswet [A-Z]\w* \d+\w*(?: lid \d+)?", text)
        said.append(f"{{{{wet: {text}}}}}" if law and one.get("class") == "law" else text)
        said.append((one.tail or "") if one is not element else "")
    return " ".join("".join(said).split())
