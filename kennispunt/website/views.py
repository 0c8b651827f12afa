"""The front door and the pages about ourselves. All of it is open to everyone."""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap as PageSitemap

from kennispunt.elections.calendar import coming
from kennispunt.elections.due import due_card, gemeente_alone
from kennispunt.elections.models import Area
from kennispunt.elections.situations import SITUATIONS
from kennispunt.facts.models import Fact
from kennispunt.knowledge.models import Term, latest, topics_with_texts
from kennispunt.pagecache.decorators import cached_page, good_until
from kennispunt.pages.references import References
from kennispunt.trainings import agenda
from kennispunt.trainings.models import Edition, Training
from kennispunt.ui.links import full_address
from kennispunt.website.menu import Item

# What people come to do, under the search field. An address that is kind:slug is a text of ours,
# and shows while visitors can read it.
QUICK = [
    Item("Partij beginnen", "artikel:partij-beginnen"),
    Item("Naam registreren", "artikel:naam-registreren"),
    Item("Het jaar van het bestuur", "artikel:jaar-van-bestuur"),
    Item("Ledenvergadering houden", "artikel:alv-organiseren"),
    Item("Hulp als je wordt bedreigd", "/wegwijzer/"),
]
HELP = [
    Item(
        "Hulp vinden", "/wegwijzer/", text="Wie helpt je verder? Ook als je wordt bedreigd."
    ),
    Item(
        "Je partij aanmelden", "/partijen/aanmelden/",
        text="Dan kun je gratis meedoen aan trainingen.",
    ),
    Item("Iets vragen", "/contact/", text="Kom je er niet uit? Mail of bel ons."),
]  # fmt: skip

FEW = 3  # trainings, and texts, on the home page

PAGES_ABOUT_US = ["website:about", "website:contact", "website:accessibility", "website:privacy"]


def quick_links():
    """Yield those whose page is there."""
    references = References()
    for item in QUICK:
        if item.address.startswith("/"):
            yield item
        elif found := references.links([item.address]):
            yield replace(item, address=found[0].address)


# The words of the map for somebody who cannot see it.
MAP = (
    "Nederland in 342 stippen, een voor elke gemeente. "
    "Een grote stip: hier is binnenkort een training."
)


@require_safe
@cached_page
def home(request):
    trainings = agenda.first(FEW)
    context = {
        "quick": list(quick_links()),
        "help": HELP,
        "card": due_card(timezone.localdate()),
        "alone": gemeente_alone(timezone.localdate()),
        "topics": topics_with_texts(),
        "latest": latest(FEW),
        "trainings": trainings,
        "map": MAP,
    }
    response = render(request, "website/home.html", context)
    return good_until(response, agenda.next_moment(trainings["editions"], timezone.now()))


@require_safe
@cached_page
def about(request):
    return render(request, "website/about.html")


@require_safe
@cached_page
def contact(request):
    return render(request, "website/contact.html")


@require_safe
@cached_page
def accessibility(request):
    return render(request, "website/accessibility.html")


@require_safe
@cached_page
def privacy(request):
    return render(request, "website/privacy.html")


@require_safe
@cache_control(max_age=86_400, public=True)
def robots(request):
    lines = [
        "User-agent: *",
        *(
            f"Disallow: {path}"
            for path in ("/beheer/", "/zoeken/", "/mijn/", "/account/", "/balie/")
        ),
        f"Sitemap: {full_address('website:sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
@cache_control(max_age=86_400, public=True)
def security_txt(request):
    """Say where to report a hole (RFC 9116)."""
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {full_address('website:security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
@cached_page
def api(request):
    """Tell writers of other programs what they can read here."""
    return render(request, "website/api.html", {"address": full_address("website:api")})


class FixedPages(Sitemap):
    """The pages that are not in the tree of editors."""

    protocol = "https"

    def items(self):
        names = ["website:home", "elections:overview", "trainings:agenda", "signpost:roles"]
        names.append("website:api")
        return [
            *(reverse(name) for name in (*names, *PAGES_ABOUT_US)),
            *self._dates,
            *self.of_the_calendar(),
            *self.of_the_trainings(),
        ]

    def location(self, address):
        return address

    def lastmod(self, address):
        """The day of the last check, where a page has one; the others change with our code."""
        return self._dates.get(address)

    @cached_property
    def _dates(self):
        facts = Fact.objects.aggregate(last=Max("checked_on"))["last"]
        terms = Term.objects.aggregate(last=Max("checked_on"))["last"]
        return {reverse("facts:facts"): facts, reverse("knowledge:terms"): terms}

    def of_the_trainings(self):
        for training in Training.objects.filter(is_offered=True):
            yield training.get_absolute_url()
        for edition in Edition.objects.open().coming(timezone.now()).select_related("training"):
            yield edition.get_absolute_url()

    def of_the_calendar(self):
        for election in coming(timezone.localdate()):
            yield reverse("elections:election", args=[election.slug])
            for situation in SITUATIONS:
                yield reverse("elections:situation", args=[election.slug, situation])
        for slug in Area.objects.order_by("slug").values_list("slug", flat=True):
            yield reverse("elections:area", args=[slug])


@require_safe
def sitemap(request):
    return sitemap_view(request, {"fixed": FixedPages, "pages": PageSitemap})
