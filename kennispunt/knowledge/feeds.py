"""The latest changes, for feed readers: /onderwerpen/gewijzigd.atom."""

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from kennispunt.knowledge.models import ArticlePage
from kennispunt.knowledge.structured import LICENCE
from kennispunt.ui.links import full_address

MOST = 40


class ChangedArticles(Feed):
    feed_type = Atom1Feed
    title = "Kennispunt: nieuwe en gewijzigde uitleg"
    subtitle = "Uitleg voor lokale politieke partijen. Het laatst gewijzigd staat bovenaan."
    feed_copyright = f"CC BY 4.0, {LICENCE}"
    author_name = "Kennispunt"

    def link(self):
        return full_address("/onderwerpen/")

    def feed_guid(self):
        return self.link()

    def items(self):
        articles = ArticlePage.objects.live().public().exclude(last_published_at=None)
        return articles.order_by("-last_published_at", "pk").defer("body")[:MOST]

    def item_title(self, page):
        return page.title

    def item_link(self, page):
        return full_address(page.url)

    def item_description(self, page):
        if page.what_changed:
            return f"{page.summary} Gewijzigd: {page.what_changed}"
        return page.summary

    def item_pubdate(self, page):
        return page.first_published_at

    def item_updateddate(self, page):
        return page.last_published_at
