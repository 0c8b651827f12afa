"""Help elsewhere, and dossiers: what the council decides, and when."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import RevisionMixin

from kennispunt.pages import text
from kennispunt.pages.models import BasePage
from kennispunt.pages.references import References, Target, UnknownReference, problems
from kennispunt.pages.texts import (
    REFERENCES_HELP,
    Loaded,
    TextPage,
    known_laws,
    sources_field,
)
from kennispunt.signpost.choices import NEEDS, ROLES
from kennispunt.signpost.figures import figures_of
from kennispunt.signpost.forms import DossierForm

# The headings without which a dossier is not whole; others may stand between them.
FIGURES = "Waar vind je cijfers van je eigen gebied?"
HEADINGS = (
    "In het kort",
    "Wat speelt er?",
    "Wie beslist wat?",
    "Wanneer gebeurt er iets?",
    "Welke vijf vragen kun je stellen?",
    FIGURES,
    "Welke argumenten hoor je?",
    "Wie helpt je verder?",
    "Wat weten we nog niet?",
)


class EntryQuerySet(models.QuerySet):
    def public(self):
        """Entries that every visitor may see."""
        return self.filter(is_live=True)

    def to_check(self, *, on):
        """Those whose next check is due on this date, the longest overdue first."""
        return self.public().filter(check_again_on__lte=on).order_by("check_again_on")


class Entry(Loaded, RevisionMixin, models.Model):
    """One place to go for help elsewhere: what you get there, for whom, and who pays.

    Never recommended above another: order.py holds the rule, and the page shows it.
    """

    slug = models.SlugField("slug", unique=True, help_text="Het vaste adres. Verandert nooit.")
    title = models.CharField("naam", max_length=120)
    summary = models.CharField("in één regel", max_length=200)
    body = models.TextField("wat je krijgt", help_text=f"Hoogstens 50 woorden. {REFERENCES_HELP}")
    address = models.URLField("adres", max_length=300)
    phone = models.CharField(
        "telefoonnummer",
        max_length=20,
        blank=True,
        default="",
        db_default="",
        validators=[RegexValidator(r"^[\d +-]+$", "Een nummer met cijfers: 070 373 83 14.")],
        help_text="Een nummer dat nu klopt. Bij gevaar staat het bovenaan, om op te drukken.",
    )
    roles = models.JSONField("voor wie", default=list)
    needs = models.JSONField("waarvoor", default=list)
    words = models.JSONField(
        "in de woorden van de lezer", default=list, help_text="Eén per regel: Ik word bedreigd."
    )
    form = models.CharField("vorm", max_length=120, help_text="Website, les, bijeenkomst, gesprek.")
    costs = models.CharField("kosten", max_length=200)
    payer = models.CharField("wie betaalt", max_length=200, blank=True)
    is_commercial = models.BooleanField(
        "betaald aanbod", default=False, help_text="Een bedrijf dat hiermee geld verdient."
    )
    is_urgent = models.BooleanField(
        "bij gevaar",
        default=False,
        help_text="Hulp als iemand gevaar loopt. Staat overal bovenaan.",
    )
    related = models.JSONField("lees ook", default=list, blank=True)
    open_points = models.JSONField("open punten", default=list, blank=True)
    checked_on = models.DateField("gecontroleerd op")
    check_again_on = models.DateField("controleer weer op")
    contact_email = models.EmailField(
        "mailadres van de aanbieder",
        blank=True,
        help_text="Een adres van de organisatie, niet van een persoon. Nooit openbaar. "
        "Hierheen gaat de vraag of alles nog klopt.",
    )
    asked_on = models.DateField("gevraagd op", null=True, editable=False)
    confirmed_on = models.DateField("bevestigd op", null=True, editable=False)
    is_live = models.BooleanField("zichtbaar", default=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = "ingang van de wegwijzer"
        verbose_name_plural = "wegwijzer"
        constraints = [
            models.CheckConstraint(
                condition=Q(check_again_on__gt=models.F("checked_on")),
                name="entry_is_checked_again_later",
                violation_error_message="De volgende controle komt na de vorige.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("signpost:entry", args=[self.slug])

    def clean(self):
        references, wrong = References(), {}
        if found := [one.message for one in problems(self.body, references)]:
            wrong["body"] = found
        for name, known in (("roles", ROLES), ("needs", NEEDS)):
            if unknown := [one for one in getattr(self, name) if one not in dict(known)]:
                wrong[name] = f"Dit kennen we niet: {', '.join(unknown)}."
        for target in self.related:
            try:
                references.link(target)
            except UnknownReference as problem:
                wrong.setdefault("related", []).append(str(problem))
        if wrong:
            raise ValidationError(wrong)

    def read(self, references: References | None = None, *, spots: str = "") -> text.Document:
        """The text about what you get, ready for a page."""
        return text.read(self.body, references or References(), spots=spots)

    @property
    def dial(self) -> str:
        """The number as a phone takes it."""
        return re.sub(r"[^\d+]", "", self.phone)

    @property
    def is_about_danger(self) -> bool:
        """Whether somebody in danger may open this page: the numbers then come first."""
        return self.is_urgent or "veiligheid" in self.needs

    @property
    def role_names(self) -> list[str]:
        return [name for role, name in ROLES if role in self.roles]


class Remark(models.Model):
    """A remark about an entry: of a reader who saw a mistake, or of its provider.

    It holds nothing about who wrote it, unless they typed it themselves.
    """

    class Kind(models.TextChoices):
        MISTAKE = "mistake", "fout gemeld door een lezer"
        CHANGE = "change", "wijziging voorgesteld door de aanbieder"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField("soort", max_length=7, choices=Kind)
    text = models.TextField("opmerking", max_length=2000)
    sent_at = models.DateTimeField("verzonden op", auto_now_add=True)
    done_at = models.DateTimeField("verwerkt op", null=True, editable=False)

    class Meta:
        ordering = ["sent_at"]
        verbose_name = "opmerking bij de wegwijzer"
        verbose_name_plural = "opmerkingen bij de wegwijzer"

    def __str__(self):
        return f"{self.get_kind_display()}: {self.entry}"


# --- Dossiers ------------------------------------------------------------------------------------


class DossierIndexPage(BasePage):
    """/dossiers/: every dossier, in the order of the alphabet."""

    summary = models.CharField("samenvatting", max_length=300, blank=True)

    template = "signpost/dossiers.html"
    max_count = 1
    subpage_types = ["signpost.DossierPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = "overzicht van dossiers"
        verbose_name_plural = "overzichten van dossiers"

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"dossiers": dossiers()}


class DossierPage(TextPage):
    """A subject of the council: what is going on, who decides, when, and what to ask. No opinion.

    It retires: after `retire_on` the reader sees that it is history.
    """

    roles = models.JSONField("voor wie", default=list, blank=True)
    sources = sources_field()
    open_points = models.JSONField("open punten", default=list, blank=True)
    retire_on = models.DateField(
        "vervalt op",
        null=True,
        blank=True,
        help_text="Vanaf deze dag staat bij het dossier dat we het niet meer bijhouden.",
    )

    template = "signpost/dossier.html"
    base_form_class = DossierForm
    parent_page_types = ["signpost.DossierIndexPage"]
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("sources"),
        MultiFieldPanel([FieldPanel("laws"), FieldPanel("related")], heading="Verwijzingen"),
        FieldPanel("roles"),
        FieldPanel("retire_on"),
        FieldPanel("open_points"),
    ]

    class Meta:
        verbose_name = "dossier"
        verbose_name_plural = "dossiers"

    def clean(self):
        super().clean()
        if missing := missing_headings(self.body):
            raise ValidationError({"body": f"Deze koppen ontbreken: {', '.join(missing)}."})

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        document, references = context["document"], context["references"]
        parts = [(part.id, part.title) for part in document.parts]
        return context | {
            "parts": [*parts, ("bronnen", "Bronnen")],
            "figures_below": FIGURES,
            "figures": figures_of(
                request.GET.get("q", "")[:200],
                request.GET.get("gebied", "")[:200],
                references.today,
            ),
            "laws": [references.show_law(law) for law in known_laws(self, references)],
            "role_names": [name for role, name in ROLES if role in self.roles],
            "urgent": urgent_of(self.related),
            "retired": bool(self.retire_on and self.retire_on <= references.today),
        }


def urgent_of(related: list[str]) -> list[Entry]:
    """Return those who help in danger, for a page that leads there; else nobody."""
    found = Entry.objects.public().filter(is_urgent=True)
    return [one for one in found if f"wegwijzer:{one.slug}" in related]


def missing_headings(body: str) -> list[str]:
    """Return what a dossier must say and this one does not."""
    there = {line.removeprefix("## ").strip() for line in body.splitlines()}
    return [heading for heading in HEADINGS if heading not in there]


def dossiers():
    return DossierPage.objects.live().defer("body").order_by("title")


def entry_targets() -> dict[str, Target]:
    entries = Entry.objects.public().only("slug", "title")
    return {entry.slug: Target(entry.title, entry.get_absolute_url()) for entry in entries}
