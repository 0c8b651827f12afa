"""The top of the tree of pages, below which each app puts its own."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

from kennispunt.pages.models import BasePage


def home() -> BasePage:
    """The root page of the site, at its address. Makes what is missing; safe to repeat."""
    root = BasePage.get_first_root_node()
    page = root.get_children().first() or root.add_child(
        instance=BasePage(title="Kennispunt", slug="kennispunt")
    )
    if page.title.startswith("Welcome"):  # Wagtail's own first page
        page.title = page.draft_title = "Kennispunt"
        page.save()
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname,
            "port": port,
            "site_name": "Kennispunt",
            "root_page": page,
        },
    )
    return page
