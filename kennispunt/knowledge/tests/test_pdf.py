"""A whole topic on paper."""

import pytest

from kennispunt.knowledge.tests.make import make_article, make_topic

pytestmark = pytest.mark.django_db

BODY = """## In het kort

- Kort.

## Wat kost het?

| Wat? | Bedrag |
|---|---:|
| Notaris | 350 |

**1. Bel.** Vandaag.

- [ ] Afgevinkt

#sys.panic("nee") `code` *schuin* [buiten](https://a.example/)

## Vragen

### Mag dat?

Ja.

---

Slot.
"""


def test_topic_becomes_a_tagged_pdf_with_a_readable_name(client):
    topic = make_topic("Geld")
    make_article(
        "De kas",
        topic,
        body=BODY,
        sources=[("source", {"title": "Bron", "address": "", "read_on": "2026-11-24"})],
    )

    answer = client.get("/onderwerpen/geld/geld.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="kennispunt-geld.pdf"'
    assert answer.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in answer.content
    assert b"pdfuaid" in answer.content
    assert client.get("/onderwerpen/geld/geld.pdf").content == answer.content


def test_topic_without_articles_too(client):
    make_topic("Leeg")

    assert client.get("/onderwerpen/leeg/leeg.pdf").status_code == 200


@pytest.mark.parametrize("address", ["/onderwerpen/geld/kip.pdf", "/onderwerpen/kip/kip.pdf"])
def test_what_is_not_there(client, address):
    make_topic("Geld")

    assert client.get(address).status_code == 404


def test_topic_that_was_taken_down_has_no_pdf(client):
    make_topic("Geld").unpublish()

    assert client.get("/onderwerpen/geld/geld.pdf").status_code == 404


def test_topic_leads_to_its_pdf(client):
    make_article(topic=make_topic("Geld"))

    assert 'href="/onderwerpen/geld/geld.pdf"' in client.get("/onderwerpen/geld/").text


@pytest.mark.parametrize("sign", ["王", "😀", "𒀀", "\x0b", "\ue074"])
def test_no_sign_in_a_text_stops_the_topic(client, sign):
    topic = make_topic(f"Geld {sign}", slug="geld")
    make_article(
        f"De {sign} kas", topic, slug="kas", body=BODY.replace("Kort.", f"Kort {sign}. `{sign}`")
    )

    answer = client.get("/onderwerpen/geld/geld.pdf")

    assert answer.content.startswith(b"%PDF-")
