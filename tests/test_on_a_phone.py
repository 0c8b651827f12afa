"""Every page as the smallest phone shows it, with the large text that many readers ask for.

The pages of tests/who_may_what.csv, each as the first kind of person who gets it, on the filled
site: a real Chromium asks, this process answers.
"""

from pathlib import Path

import pytest
from django.test import Client

from kennispunt.knowledge.tests.make import make_article
from tests.filled_site import KINDS, fill
from tests.test_who_may_what import TABLE, filled

pytestmark = pytest.mark.browser

SITE = "http://testserver"
WIDTH = 320
DEFAULT = 16  # pixels: what a browser gives a reader who chose nothing
MEASURE = Path(__file__).with_name("on_a_phone.js").read_text("utf-8")

LONG = "Rijksdienstvoorondernemendnederlandsubsidieaanvraagformulier"
TABLES = f"""\
Een zin met {LONG} en https://voorbeeld.example/{LONG}/{LONG}?en=nog&veel=meer.

| Wat | Wie doet het? | Wanneer? | Waar vind je het? |
|---|---|---|---|
| De ledenvergadering bijeenroepen | De secretaris | Veertien dagen van tevoren | `{LONG}` |
| **Begroting** | De penningmeester met de *kascommissie* | Vóór 1 december | [Zo doe je het](https://voorbeeld.example/{LONG}) |

| Verkiezing | Waarborgsom | Handtekeningen |
|---|---:|---:|
| Gemeenteraad | € 225,00 | 30 |
| Provinciale Staten in een kieskring | € 11.250,00 | 1.030 |

> {LONG}

```
{LONG}{LONG}
```

1. Een
   - Twee
     - Drie {LONG}

**1. Doe dit.** Met {LONG}

- [ ] {LONG}

## {LONG}

### {LONG}

Tekst.
"""


@pytest.fixture
def pages(starter, settings, tmp_path):
    """Every page by its address, as the first kind of person who gets it."""
    settings.ERASURES_FILE = tmp_path / "erasures"
    site = fill()
    text = make_article("Alles wat een redacteur kan schrijven", body=TABLES)
    asked = [(text.url, "visitor")] + [
        (f"/{filled(row['address'], site)}", kind)
        for row in TABLE
        if (kind := next((one for one in KINDS if row[one].startswith("200")), None))
    ]
    answers = {address: ask(address, site.people[kind]) for address, kind in asked}
    return {
        address: answer
        for address, answer in answers.items()
        if answer["Content-Type"].startswith("text/html")
    }


def ask(address, person):
    client = Client()
    if person:
        client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer


@pytest.fixture
def phone(chromium):
    """A tab of the smallest width."""
    context = chromium.new_context(
        base_url=SITE, locale="nl-NL", viewport={"width": WIDTH, "height": 640}
    )
    yield context.new_page()
    context.close()


def test_nothing_is_cut_or_wider_than_the_smallest_phone(phone, pages):
    visitor = Client()

    def answer(route):
        """Only what is no page is asked here: this is another context, with no data of the test."""
        path = route.request.url.removeprefix(SITE)
        found = pages.get(path) or visitor.get(path)
        content = found.getvalue() if found.streaming else found.content
        route.fulfill(status=found.status_code, headers=dict(found.headers), body=content)

    phone.route("**/*", answer)
    wire = phone.context.new_cdp_session(phone)
    faults = {}
    for address in pages:
        phone.goto(address)
        for percent in (130, 200):
            size = DEFAULT * percent // 100
            wire.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})
            for found in phone.evaluate(MEASURE):
                faults.setdefault(f"{found}, text at {percent} %", []).append(address)

    assert len(pages) > 100
    assert faults == {}
