"""The front door and the pages about ourselves. All of it is open to everyone."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.db import connection
from django.db.utils import Error as DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap as PageSitemap

from kennispunt.elections.due import due_card
from kennispunt.knowledge.models import topics
from kennispunt.pagecache.views import kept
from kennispunt.website.menu import Item

# What people come to do; a line joins when there is a page that does it.
TASKS = [
    Item(
        "Zien wat je wanneer moet doen",
        "/kalender/",
        text="Alle dagen tot de verkiezingen, ook in je eigen agenda.",
    ),
    Item("Weten wie wij zijn", "/over/", text="Voor wie we er zijn en waar we ons aan houden."),
    Item(
        "Hulp vinden",
        "/wegwijzer/",
        text="Wie helpt je verder? Ook als je wordt bedreigd.",
    ),
    Item("Iets vragen", "/contact/", text="Kom je er niet uit? Mail of bel ons."),
]

PAGES_ABOUT_US = ["website:about", "website:contact", "website:accessibility", "website:privacy"]


@require_safe
@kept
def home(request):
    context = {"tasks": TASKS, "card": due_card(timezone.localdate()), "topics": topics()}
    return render(request, "website/home.html", context)


@require_safe
@kept
def about(request):
    return render(request, "website/about.html")


@require_safe
@kept
def contact(request):
    return render(request, "website/contact.html")


@require_safe
@kept
def accessibility(request):
    return render(request, "website/accessibility.html")


@require_safe
@kept
def privacy(request):
    return render(request, "website/privacy.html")


@require_safe
@never_cache
def health(request):
    """For load balancers: 200 while the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("ziek\n", status=503, content_type="text/plain")
    return HttpResponse("gezond\n", content_type="text/plain")


@require_safe
@cache_control(max_age=86_400, public=True)
def robots(request):
    lines = [
        "User-agent: *",
        *(
            f"Disallow: {path}"
            for path in ("/beheer/", "/zoeken/", "/mijn/", "/account/", "/balie/")
        ),
        f"Sitemap: {settings.SITE_URL}{reverse('website:sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
@cache_control(max_age=86_400, public=True)
def security_txt(request):
    """Where to report a hole (RFC 9116)."""
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}{reverse('website:security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


class FixedPages(Sitemap):
    """The pages that are not in the tree of editors."""

    protocol = "https"

    def items(self):
        return ["website:home", "elections:overview", "signpost:roles", *PAGES_ABOUT_US]

    def location(self, item):
        return reverse(item)


@require_safe
def sitemap(request):
    return sitemap_view(request, {"fixed": FixedPages, "pages": PageSitemap})
