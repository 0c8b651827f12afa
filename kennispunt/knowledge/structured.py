"""A description of our texts for search engines (schema.org). Only what the page itself shows."""

from kennispunt.pages.text import plain
from kennispunt.ui.links import full_address

LICENCE = "https://creativecommons.org/licenses/by/4.0/deed.nl"


def publisher():
    return {"@type": "Organization", "name": "Kennispunt", "url": full_address("/")}


def trail(*steps):
    """Return the path to a page: pairs of title and address, Home before them."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": title,
                "item": full_address(address),
            }
            for number, (title, address) in enumerate([("Home", "/"), *steps], 1)
        ],
    }


def article(page, document, topic):
    address = full_address(page.url)
    found = {
        "@type": "Article",
        "headline": page.title,
        "description": page.summary,
        "inLanguage": "nl",
        "mainEntityOfPage": address,
        "isAccessibleForFree": True,
        "license": LICENCE,
        "author": publisher(),
        "publisher": publisher(),
    }
    if page.first_published_at:
        found["datePublished"] = page.first_published_at.isoformat()
    if page.last_published_at:
        found["dateModified"] = page.last_published_at.isoformat()
    steps = [("Onderwerpen", "/onderwerpen/"), (topic.title, topic.url), (page.title, page.url)]
    things = [found, trail(*steps)]
    return [*things, questions(document)] if document.questions else things


def questions(document):
    return {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": one.title,
                "acceptedAnswer": {"@type": "Answer", "text": plain(one.html)},
            }
            for one in document.questions
        ],
    }
