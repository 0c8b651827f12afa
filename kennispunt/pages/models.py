"""The ground of all pages: their stewards, and when they were and will be checked."""

from copy import copy
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.http import Http404
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import AbstractPage, PageManager, PageViewRestriction, Site
from wagtail.models.pages import AbstractPageMeta
from wagtail.query import PageQuerySet
from wagtail.url_routing import RouteResult

from kennispunt.accounts.groups import stewards
from kennispunt.pagecache.decorators import offer
from kennispunt.pagecache.memory import remembered
from kennispunt.pages.outside import Failure
from kennispunt.ui.ahead import impossible


def site_of(request):
    """The site that this host belongs to, remembered: it is asked for every link of every page."""
    if not hasattr(request, "_wagtail_site"):
        found = remembered(("site", request.get_host()), lambda: Site.find_for_request(request))
        request._wagtail_site = found
    return request._wagtail_site


def page_at(request, path):
    """The live page at this address, as its own kind; None leaves the search to Wagtail."""
    if (site := site_of(request)) is None:
        return None
    url_path = site.root_page.url_path + (f"{path.strip('/')}/" if path.strip("/") else "")
    page = remembered(("page", url_path), lambda: fetch(url_path))
    return page and copy(page)  # what a request notes on its page is its own


def fetch(url_path):
    found = list(BasePage.objects.live().filter(url_path=url_path)[:2])
    if len(found) != 1:
        return None
    page = found[0].specific
    page.get_parent()  # noted on the page
    return page


class BasePageQuerySet(PageQuerySet):
    def to_check(self, *, on):
        """Live pages whose next check is due on this date, the longest overdue first."""
        return self.live().filter(check_again_on__lte=on).order_by("check_again_on", "title")

    def looked_after_by(self, user):
        """The pages of this steward, and those that nobody looks after."""
        return self.filter(Q(steward=user) | Q(steward=None))


class BasePage(AbstractPage):
    """The page that every page on the site is. It replaces Wagtail's own (WAGTAIL_PAGE_MODEL),
    so that these fields can be asked of all kinds of pages at once.
    """

    steward = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=stewards,
        verbose_name="beheerder",
        help_text="Wie houdt deze pagina bij?",
    )
    checked_on = models.DateField("gecontroleerd op", null=True, blank=True)
    check_again_on = models.DateField("controleer weer op", null=True, blank=True)

    objects = PageManager.from_queryset(BasePageQuerySet)()

    settings_panels = [
        *AbstractPage.settings_panels,
        MultiFieldPanel(
            [FieldPanel("steward"), FieldPanel("checked_on"), FieldPanel("check_again_on")],
            heading="Controle",
        ),
    ]

    @staticmethod
    def route_for_request(request, path):
        """The page at an address, looked up at once. Wagtail walks down to it, page by page."""
        known = hasattr(request, "_wagtail_route_for_request")
        if not known and (page := page_at(request, path)):
            request._wagtail_route_for_request = RouteResult(page)
        return AbstractPage.route_for_request(request, path)

    def get_view_restrictions(self):
        """Return who may see it. While no page is private, that takes no looking up."""
        if not remembered("any private page", PageViewRestriction.objects.exists):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def serve(self, request, *args, **kwargs):
        """Offered to the page cache; a private page is only served with a session."""
        return offer(super().serve(request, *args, **kwargs))

    def get_template(self, request, *args, **kwargs):
        """One of no kind of ours, such as Wagtail's own first page, has nothing to show."""
        if type(self) is BasePage:
            raise Http404
        return super().get_template(request, *args, **kwargs)

    @property
    def checked_by(self) -> str:
        """As a reader is told who checked it."""
        return (self.steward.name if self.steward else "") or "de redactie"

    def is_overdue(self, today) -> bool:
        """Whether the reader is told that we will look at this page again."""
        limit = timedelta(days=settings.OVERDUE_AFTER_DAYS)
        return bool(self.check_again_on) and self.check_again_on + limit < today

    class Meta(AbstractPageMeta):
        verbose_name = "pagina"
        verbose_name_plural = "pagina's"
        constraints = [
            models.CheckConstraint(
                condition=Q(check_again_on__gt=F("checked_on"))
                | Q(checked_on=None)
                | Q(check_again_on=None),
                name="page_is_checked_again_later",
                violation_error_message="De volgende controle komt na de vorige.",
            ),
        ]


class CheckedLinkQuerySet(models.QuerySet):
    def due(self, now):
        """To be looked at now."""
        ahead = impossible("due_at", now, longest=CheckedLink.AGAIN)
        return self.filter(Q(due_at__lte=now) | ahead)

    def with_problem(self):
        """The ones to look at: another page than it was, or days without an answer."""
        return self.filter(~Q(change="") | Q(failed_days__gte=CheckedLink.BELIEVED_AFTER))

    def by_address(self, addresses):
        """{address: CheckedLink} of these; an address without one was never looked at."""
        return {link.address: link for link in self.filter(address__in=set(addresses))}


class CheckedLink(models.Model):
    """An address elsewhere that we show, and what we last saw there. Made by checking.py."""

    AGAIN = timedelta(days=7)  # after an answer; sooner after a failure
    BELIEVED_AFTER = 3  # different days without an answer; a site may have a bad day

    class Change(models.TextChoices):
        FOR_SALE = "for-sale", "De naam van de site lijkt te koop."
        TITLE = "title", "De pagina heeft een andere titel."
        LANGUAGE = "language", "De pagina is in een andere taal."
        FRONT_PAGE = "front-page", "De link komt nu uit op de voorpagina van de site."
        MOVED = "moved", "De pagina is verhuisd."

    address = models.CharField("adres", max_length=1000, unique=True)
    # [{title, page, steward}]: the texts that show it, as of the last run.
    places = models.JSONField(default=list)
    checked_at = models.DateTimeField("nagekeken op", null=True)
    due_at = models.DateTimeField("kijken vanaf", db_index=True)

    status = models.PositiveSmallIntegerField("antwoord", null=True)
    failure = models.CharField("fout", max_length=12, blank=True, choices=Failure)
    failed_days = models.PositiveSmallIntegerField("dagen zonder goed antwoord", default=0)
    failed_on = models.DateField(null=True)
    problem_since = models.DateTimeField(null=True)

    title = models.CharField("titel die we kennen", max_length=300, blank=True)
    language = models.CharField("taal die we kennen", max_length=3, blank=True)
    found_address = models.CharField("adres nu", max_length=2000, blank=True)
    found_title = models.CharField("titel nu", max_length=300, blank=True)
    found_language = models.CharField("taal nu", max_length=3, blank=True)
    change = models.CharField("wat er anders is", max_length=10, blank=True, choices=Change)
    # What a steward called right: a fingerprint of the change, so that it is not told again.
    accepted = models.CharField(max_length=64, blank=True)

    objects = CheckedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "nagekeken link"
        verbose_name_plural = "nagekeken links"
        ordering = ["address"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at__isnull=False) | Q(failure="", change="", status=None),
                name="link_is_judged_only_when_checked",
            ),
        ]

    def __str__(self):
        return self.address

    @property
    def has_problem(self) -> bool:
        return bool(self.change) or self.failed_days >= self.BELIEVED_AFTER

    @property
    def outcome(self) -> str:
        """The outcome in words for a steward."""
        if self.checked_at is None:
            return "nog niet nagekeken"
        if self.change:
            return self.get_change_display()
        if self.failure:
            return self.get_failure_display()
        return "in orde"

    @property
    def good_on(self):
        """The day we last saw that the link leads where it should; None when that is not so."""
        return None if not self.checked_at or self.failure or self.change else self.checked_at

    def looked_after_by(self, user) -> bool:
        """Whether one of the texts is this person's, or nobody's."""
        stewards = {place["steward"] for place in self.places}
        return user.pk in stewards or None in stewards


class Reaction(models.Model):
    """An answer to whether a text helped, and a remark about it. Nothing about the person.

    The day, not the moment, so that it cannot be laid beside a log.
    """

    address = models.CharField("adres", max_length=255)
    title = models.CharField("tekst", max_length=255)
    helped = models.BooleanField("geholpen")
    remark = models.TextField("opmerking", blank=True, max_length=1000)
    day = models.DateField("dag")
    handled = models.BooleanField(
        "afgehandeld", default=True, help_text="Zet een vinkje als je ermee klaar bent."
    )

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["day"], name="reaction_by_day")]
        verbose_name = "reactie"
        verbose_name_plural = "reacties"

    def __str__(self):
        return f"{self.title}: {'geholpen' if self.helped else 'niet geholpen'}"
