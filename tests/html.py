"""Reading a page as a browser would, for tests of the whole."""

from itertools import pairwise

import html5lib

OUTSIDE = ("http:", "https:", "//")
# What a browser fetches by itself; a link that a reader may follow is something else.
FETCHED = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
    "embed": "src", "object": "data",
}  # fmt: skip
DATA = {"application/ld+json", "application/json"}  # scripts that no browser runs
FETCHED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "apple-touch-icon", "manifest"}


def parse(content):
    return html5lib.parse(content, namespaceHTMLElements=False)


def faults(content):
    """Say what is wrong with a page; empty when all is well."""
    page = parse(content)
    found = []
    if page.get("lang") != "nl":
        found.append("the language is not nl")
    if not (page.findtext("head/title") or "").strip():
        found.append("there is no title")
    levels = [int(e.tag[1]) for e in page.iter() if e.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
    if levels.count(1) != 1:
        found.append(f"{levels.count(1)} times h1")
    found += [
        f"h{before} is followed by h{after}"
        for before, after in pairwise(levels)
        if after > before + 1
    ]
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    found += [f"twice the id {i}" for i in sorted({i for i in ids if ids.count(i) > 1})]
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        is_code = element.tag == "script" and element.get("type") not in DATA
        if element.tag == "style" or (is_code and not element.get("src")):
            found.append(f"an inline {element.tag}")
        found += [f"{element.tag} has {a}" for a in element.attrib if a == "style" or a[:2] == "on"]
        address = element.get(FETCHED.get(element.tag, ""), "")
        if element.tag == "link" and set(element.get("rel", "").split()) & FETCHED_LINKS:
            address = element.get("href", "")
        if address.startswith(OUTSIDE):
            found.append(f"{element.tag} fetches {address}")
    return found


def one_line(text):
    """The same without line ends and indents, which mean nothing on a page."""
    return " ".join(text.split())


def links(content):
    """The addresses on this site that a page leads to, without fragment or query."""
    return {
        a.get("href").partition("#")[0].partition("?")[0]
        for a in parse(content).iter("a")
        if (a.get("href") or "").startswith("/") and not a.get("href").startswith("//")
    }
