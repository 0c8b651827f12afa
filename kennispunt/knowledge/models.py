"""Topics, articles and terms: what a board member reads."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Value
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.timezone import localdate
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import RevisionMixin

from kennispunt.knowledge import structured
from kennispunt.knowledge.forms import ArticleForm
from kennispunt.pages import text
from kennispunt.pages.models import BasePage
from kennispunt.pages.readability import Readability, measure
from kennispunt.pages.references import References, Target, UnknownReference, problems
from kennispunt.pages.texts import (
    REFERENCES_HELP,
    Loaded,
    TextPage,
    known_laws,
    sources_field,
)
from kennispunt.pages.words import Word


class ReadabilityPanel(Panel):
    """The readability of the text, beside the text."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "knowledge/readability_panel.html"

        def get_context_data(self, parent_context=None):
            page = self.instance
            found = page.readability() if page.pk else None
            return super().get_context_data(parent_context) | {"readability": found}


class TopicIndexPage(BasePage):
    """/onderwerpen/: every topic."""

    summary = models.CharField("samenvatting", max_length=300, blank=True)

    template = "knowledge/topics.html"
    max_count = 1
    subpage_types = ["knowledge.TopicPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = "overzicht van onderwerpen"
        verbose_name_plural = "overzichten van onderwerpen"

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"topics": topics()}


class TopicPage(TextPage):
    """One topic: what you can do, its articles, and what belongs to it elsewhere."""

    tasks = StreamField(
        [
            (
                "task",
                blocks.StructBlock(
                    [
                        ("text", blocks.CharBlock(label="Wat wil je doen?")),
                        ("target", blocks.CharBlock(label="Naar", help_text="artikel:slug")),
                    ],
                    label="Taak",
                ),
            )
        ],
        verbose_name="wat wil je doen?",
        blank=True,
    )

    template = "knowledge/topic.html"
    parent_page_types = ["knowledge.TopicIndexPage"]
    subpage_types = ["knowledge.ArticlePage"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("tasks"),
        MultiFieldPanel([FieldPanel("laws"), FieldPanel("related")], heading="Verwijzingen"),
    ]

    class Meta:
        verbose_name = "onderwerp"
        verbose_name_plural = "onderwerpen"

    def route(self, request, path_components):
        """To the article below us in one query; it need not ask again in which topic it is."""
        if len(path_components) == 1:
            article = ArticlePage.objects.child_of(self).filter(slug=path_components[0]).first()
            if article:
                article._cached_parent_obj = self
                return article.route(request, [])
        return super().route(request, path_components)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        everywhere = ArticlePage.objects.live().defer("body").order_by("path")
        tasks = [
            (task.value["text"], found[0].address)
            for task in self.tasks
            if (found := context["references"].links([task.value["target"]]))
        ]
        return context | {
            "picture": picture_address(self),
            "schema": [structured.trail(("Onderwerpen", "/onderwerpen/"), (self.title, self.url))],
            "tasks": tasks,
            "articles": [page for page in everywhere if page.belongs_under(self)],
        }


class ArticlePage(TextPage):
    """One question of a board member, answered: short, in steps, with law, source and date."""

    roles = models.JSONField("voor wie", default=list, blank=True)
    phases = models.JSONField("wanneer", default=list, blank=True)
    elections = models.JSONField("verkiezingen", default=list, blank=True)
    also_under = models.JSONField("ook onder", default=list, blank=True)
    open_points = models.JSONField("open punten", default=list, blank=True)
    search_words = models.JSONField(
        "ook gezocht als", default=list, db_default=Value([], models.JSONField()), blank=True
    )
    sources = sources_field()
    what_changed = models.CharField(
        "wat er veranderde",
        max_length=200,
        blank=True,
        help_text="Eén zin voor wie de pagina al kende. Staat onderaan, met de datum.",
    )

    template = "knowledge/article.html"
    base_form_class = ArticleForm
    parent_page_types = ["knowledge.TopicPage"]
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        ReadabilityPanel(heading="Leest het makkelijk?"),
        FieldPanel("sources"),
        MultiFieldPanel(
            [FieldPanel("laws"), FieldPanel("related"), FieldPanel("also_under")],
            heading="Verwijzingen",
        ),
        MultiFieldPanel(
            [FieldPanel("roles"), FieldPanel("phases"), FieldPanel("elections")],
            heading="Voor wie en wanneer",
        ),
        FieldPanel("search_words"),
        FieldPanel("what_changed"),
        FieldPanel("open_points"),
    ]

    class Meta:
        verbose_name = "artikel"
        verbose_name_plural = "artikelen"

    @property
    def kinds(self):
        return tuple(self.elections)

    @property
    def is_new(self) -> bool:
        """Whether nobody checked it again since the day it came on the site."""
        return localdate(self.first_published_at) >= self.checked_on

    def clean(self):
        super().clean()
        if ArticlePage.objects.filter(slug=self.slug).exclude(pk=self.pk).exists():
            raise ValidationError({"slug": "Er is al een artikel met deze slug."})

    def readability(self) -> Readability:
        document = text.read(self.body, References(), self.kinds)
        parts = [document.intro, document.brief, document.closing]
        parts += [part.html for part in (*document.parts, *document.questions)]
        return measure("\n".join(f"<div>{part}</div>" for part in parts))

    def belongs_under(self, topic: TopicPage) -> bool:
        return self.path.startswith(topic.path) or topic.slug in self.also_under

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        document, references = context["document"], context["references"]
        parts = [(part.id, part.title) for part in document.parts]
        if document.questions:
            parts.append(("vragen", "Vragen"))
        if self.sources or self.laws:
            parts.append(("bronnen", "Bronnen"))
        topic = self.get_parent()
        return context | {
            "parts": parts,
            "topic": topic,
            "picture": picture_address(self),
            "schema": lambda: structured.article(self, document, topic),
            "laws": [references.show_law(law) for law in known_laws(self, references)],
            "next": self.following(references),
        }

    def following(self, references: References) -> Target | None:
        """The next article of the same topic, from what the references have looked up anyway."""
        *parts, _, _ = self.url_path.split("/")
        articles = list(references.targets("artikel").items())
        slugs = [slug for slug, _ in articles]
        after = articles[slugs.index(self.slug) + 1 :] if self.slug in slugs else []
        same = (target for _, target in after if target.address.split("/")[-3] == parts[-1])
        return next(same, None)


class Term(Loaded, RevisionMixin, models.Model):
    """A word that we explain, at /begrippen/ and wherever it is used."""

    slug = models.SlugField("slug", unique=True, help_text="Het vaste adres. Verandert nooit.")
    term = models.CharField("begrip", max_length=100)
    abbreviation = models.CharField("afkorting", max_length=20, blank=True)
    synonyms = models.JSONField("andere woorden", default=list, blank=True)
    meaning = models.TextField("betekenis", help_text=REFERENCES_HELP)
    law = models.CharField("wet", max_length=120, blank=True, help_text="Kieswet G 3; BW 2 27.")
    source = models.CharField("bron", max_length=300, blank=True)
    checked_on = models.DateField("gecontroleerd op", null=True, blank=True)
    see = models.JSONField("zie ook", default=list, blank=True)

    class Meta:
        ordering = [Lower("term")]
        verbose_name = "begrip"
        verbose_name_plural = "begrippen"

    def __str__(self):
        return self.term

    def get_absolute_url(self):
        return f"{reverse('knowledge:terms')}#{self.slug}"

    @property
    def laws(self) -> list[str]:
        """The field holds one or more, with a semicolon between them."""
        return [law for law in self.law.split("; ") if law]

    def clean(self):
        references, wrong = References(), {}
        if found := [one.message for one in problems(self.meaning, references)]:
            wrong["meaning"] = found
        try:
            for law in self.laws:
                references.law(law)
        except UnknownReference as problem:
            wrong["law"] = str(problem)
        if wrong:
            raise ValidationError(wrong)


def picture_version(page) -> str:
    """Changes when the card of the page would look different."""
    return hashlib.sha256(page.title.encode()).hexdigest()[:10]


def picture_address(page) -> str:
    return reverse("knowledge:picture", args=[page.pk, picture_version(page)])


def topics():
    """Every topic that a visitor can open, in the order of the site."""
    return TopicPage.objects.live().order_by("path").defer("body", "tasks")


def topics_with_texts():
    """Return the topics that a visitor finds something in."""
    steps = ArticlePage.steplen
    paths = ArticlePage.objects.live().public().values_list("path", flat=True)
    filled = {path[:-steps] for path in paths}
    return [topic for topic in topics() if topic.path in filled]


def latest(number: int):
    """Return the articles that were checked last, the newest first."""
    checked = ArticlePage.objects.live().public().exclude(checked_on=None)
    return checked.order_by("-checked_on", "-first_published_at", "path").defer("body")[:number]


def words() -> list[Word]:
    """Every term, as texts explain it in place."""
    return [
        Word(term.slug, term.term, term.abbreviation, term.meaning, term.get_absolute_url())
        for term in Term.objects.all()
    ]


def term_targets() -> dict[str, Target]:
    return {term.slug: Target(term.term, term.get_absolute_url()) for term in Term.objects.all()}
