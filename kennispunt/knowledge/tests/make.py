"""What our tests are about. Give only what matters to the test."""

from kennispunt.knowledge.loading import tree
from kennispunt.knowledge.models import ArticlePage, TopicIndexPage, TopicPage


def make_topic(title="Geld", slug="") -> TopicPage:
    tree()
    index = TopicIndexPage.objects.first()
    topic = TopicPage(title=title, slug=slug or title.lower(), summary=f"Over {title.lower()}.")
    return index.add_child(instance=topic)


def make_article(title="De kas", topic=None, **fields) -> ArticlePage:
    topic = topic or TopicPage.objects.first() or make_topic()
    slug = fields.pop("slug", title.lower().replace(" ", "-"))
    page = ArticlePage(title=title, slug=slug, **({"summary": title, "body": "Tekst."} | fields))
    topic.refresh_from_db()
    page = topic.add_child(instance=page)
    if page.live:
        page.save_revision().publish()
    return page
