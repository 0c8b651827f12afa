"""What all pages share: who looks after them, and when they were and will be checked."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import AbstractPage, PageManager
from wagtail.models.pages import AbstractPageMeta
from wagtail.query import PageQuerySet

from kennispunt.pagecache.views import offer


class BasePageQuerySet(PageQuerySet):
    def to_check(self, *, on):
        """Live pages whose next check is due on this date, the longest overdue first."""
        return self.live().filter(check_again_on__lte=on).order_by("check_again_on")


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

    def serve(self, request, *args, **kwargs):
        """Offered to the page cache; a private page is only served to who has a session."""
        return offer(super().serve(request, *args, **kwargs))

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
