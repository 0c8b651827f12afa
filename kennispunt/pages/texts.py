"""The ground of texts that may come from a file of the repository: summary, Markdown, laws."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from kennispunt.pagecache.memory import remembered
from kennispunt.pages import text
from kennispunt.pages.forms import TextForm
from kennispunt.pages.models import BasePage
from kennispunt.pages.references import References, UnknownReference, problems
from kennispunt.pages.words import Words

REFERENCES_HELP = (
    "Markdown. {{feit: naam}}, {{wet: Kieswet G 3}}, {{dag: registratie}} en "
    "[tekst](artikel:slug) vullen zichzelf in."
)


def sources_field():
    """Make the field for sources of a text: title, address, and the day we read it."""
    fields = [
        ("title", blocks.CharBlock(label="Titel")),
        ("address", blocks.URLBlock(label="Adres", required=False)),
        ("read_on", blocks.DateBlock(label="Gelezen op")),
    ]
    return StreamField(
        [("source", blocks.StructBlock(fields, label="Bron"))], verbose_name="bronnen", blank=True
    )


class Loaded(models.Model):
    """A text that may have come from a file of the repository."""

    origin = models.CharField(max_length=120, unique=True, null=True, editable=False)  # noqa: DJ001
    # The hash of what we took from the file. Differs from the text: an editor was here.
    loaded = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


def known_laws(page, references):
    """The laws of a page that we can still show."""
    for law in page.laws:
        try:
            references.law(law)
        except UnknownReference:
            continue
        yield law


class TextPage(Loaded, BasePage):
    """The ground of topics and articles: a short summary and a text in Markdown."""

    summary = models.CharField("samenvatting", max_length=300, help_text="Hoogstens 30 woorden.")
    body = models.TextField("tekst", blank=True, help_text=REFERENCES_HELP)
    laws = models.JSONField("wetten", default=list, blank=True)
    related = models.JSONField("lees ook", default=list, blank=True)

    base_form_class = TextForm
    # A copy is an editor's own.
    exclude_fields_in_copy = ["origin", "loaded"]
    promote_panels = [FieldPanel("slug")]

    class Meta:
        abstract = True

    @property
    def kinds(self):
        """The elections whose days the text shows."""
        return ()

    def clean(self):
        super().clean()
        references, wrong = References(), {}
        if found := list(problems(self.body, references, self.kinds)):
            wrong["body"] = [f"Regel {one.line}: {one.message}" for one in found]
        for name, check in (("laws", references.law), ("related", references.link)):
            for value in getattr(self, name):
                try:
                    check(value)
                except UnknownReference as problem:
                    wrong.setdefault(name, []).append(str(problem))
        if wrong:
            raise ValidationError(wrong)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        references = References()
        return context | {
            "references": references,
            "document": text.read(
                self.body,
                references,
                self.kinds,
                words=remembered("words", Words),
                title=self.title,
                spots="feit",
            ),
            "related": references.links(self.related),
            "overdue": self.is_overdue(references.today),
        }
