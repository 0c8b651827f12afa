"""A whole topic on paper: one tagged PDF that a screen reader can read (PDF/UA-1).

The same texts give the same bytes: the only date in the file is that of the last change.
"""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

from django.conf import settings

from kennispunt.knowledge.models import ArticlePage, TopicPage
from kennispunt.pages import text
from kennispunt.pages.references import References
from kennispunt.pages.texts import known_laws
from kennispunt.ui import paper
from kennispunt.ui.dutch import date_in_words

LAYOUT = (Path(__file__).parent / "topic.typ").read_bytes()
VOID = {"br", "hr"}


class Tree(HTMLParser):
    """Our own clean HTML as nested nodes: [tag, attributes, children]; text is a string."""

    def __init__(self, html):
        super().__init__()
        self.open = [["", {}, []]]
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        node = [tag, {name: value or "" for name, value in attributes}, []]
        if "href" in node[1]:
            node[1]["href"] = urljoin(settings.SITE_URL, node[1]["href"])
        self.open[-1][2].append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1][2].append(data)

    @property
    def nodes(self):
        return [node for node in self.open[0][2] if not is_hidden(node)]


def is_hidden(node):
    return isinstance(node, str) and not node.strip()


def nodes(html) -> list:
    return Tree(html).nodes


def chapter(article: ArticlePage, references: References) -> dict:
    """Return what the layout shows of one article."""
    document = text.read(article.body, references, article.kinds)
    return {
        "title": article.title,
        "address": article.full_url,
        "checked": date_in_words(article.checked_on),
        "again": date_in_words(article.check_again_on),
        "brief": nodes(document.brief),
        "intro": nodes(document.intro),
        "parts": [{"title": part.title, "body": nodes(part.html)} for part in document.parts],
        "questions": [{"title": one.title, "body": nodes(one.html)} for one in document.questions],
        "closing": nodes(document.closing),
        "sources": [
            {
                "title": source.value["title"],
                "address": source.value["address"] or "",
                "read": date_in_words(source.value["read_on"]),
            }
            for source in article.sources
        ],
        "laws": [nodes(references.show_law(law)) for law in known_laws(article, references)],
    }


def topic_pdf(topic: TopicPage) -> bytes:
    """The topic and every live article that belongs under it."""
    references = References()
    everywhere = ArticlePage.objects.live().public().order_by("path")
    articles = [page for page in everywhere if page.belongs_under(topic)]
    changes = [page.last_published_at for page in (topic, *articles) if page.last_published_at]
    data = {
        "title": topic.title,
        "summary": topic.summary,
        "address": topic.full_url,
        "site": settings.SITE_URL,
        "changed": date_in_words(max(changes, default=None)),
        "intro": nodes(text.read(topic.body, references).intro),
        "articles": [chapter(article, references) for article in articles],
    }
    changed = int(max(changes).timestamp()) if changes else 0
    return paper.pdf(LAYOUT, data, timestamp=changed)
