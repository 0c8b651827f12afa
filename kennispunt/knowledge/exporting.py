"""Everything we know, as files that outlive us.

onderwerpen/ artikelen/ begrippen.toml   what load_content reads: texts with their metadata
lezen/<onderwerp>/<slug>.md              the same to read, every fact, law and date filled in
beelden/ beelden.json                    every picture that editors keep, and what is in it
feiten.json                              every version of every fact, with law and source
LEESMIJ.md                               what is what, for who finds this folder later
"""

import json
import re
import shutil
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.forms.models import model_to_dict
from django.utils.html import strip_tags
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction

from kennispunt.facts.models import Fact
from kennispunt.knowledge.loading import ARTICLE_FIELDS, TERM_FIELDS, TOPIC_FIELDS
from kennispunt.knowledge.models import ArticlePage, Term, TopicPage
from kennispunt.pages.references import LINK, REFERENCE, References, UnknownReference, show
from kennispunt.pages.sources import BLOCKS, SHAPES
from kennispunt.ui.links import full_address

# A link with its words. LINK finds where one leads.
WORDS_AND_LINK = re.compile(rf"\[(?P<words>[^\]]*){LINK.pattern}")

README = """# Kennispunt: alle teksten

Gemaakt op {day}. Van: {site}. Je mag alles overnemen, met de naam Kennispunt erbij (CC BY 4.0).

- `lezen/`: alle artikelen om te lezen. Elk bestand is gewone tekst (Markdown).
- `onderwerpen/`, `artikelen/`, `begrippen.toml`: dezelfde teksten zoals de redactie ze schrijft,
  met hun gegevens. Een leeg Kennispunt leest ze in met `manage.py load_content`.
- `beelden/`: de beelden van de redactie; `beelden.json` zegt wat erop staat.
- `feiten.json`: elk bedrag en elke termijn, met wet, bron en de tijd waarin het geldt.
"""


def export(folder: Path) -> int:
    """Write all of it; return how many texts. The folder must be new or empty."""
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is niet leeg.")
    references = References()
    topics = list(TopicPage.objects.live().public().order_by("path"))
    count = 0
    for number, topic in enumerate(topics, 1):
        articles = list(ArticlePage.objects.child_of(topic).live().public().order_by("path"))
        write(folder / "onderwerpen" / f"{topic.slug}.md", topic_file(topic, number, articles))
        for page in articles:
            write(folder / "artikelen" / f"{page.slug}.md", article_file(page, topic))
            write(folder / "lezen" / topic.slug / f"{page.slug}.md", to_read(page, references))
        count += 1 + len(articles)
    terms = list(Term.objects.order_by("term"))
    write(folder / "begrippen.toml", "\n".join(term_rows(term) for term in terms))
    facts = [model_to_dict(fact, exclude=["id", "latest_revision"]) for fact in Fact.objects.all()]
    write_json(folder / "feiten.json", facts)
    write_json(folder / "beelden.json", [take_picture(image, folder) for image in pictures()])
    readme = README.format(day=references.today.isoformat(), site=settings.SITE_URL)
    write(folder / "LEESMIJ.md", readme)
    return count + len(terms)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def write_json(path: Path, rows: list[dict]) -> None:
    write(path, json.dumps(rows, indent=1, ensure_ascii=False, cls=DjangoJSONEncoder) + "\n")


# --- Pictures ------------------------------------------------------------------------------------


def pictures():
    """Every picture that everyone may see."""
    closed = CollectionViewRestriction.objects.select_related("collection")
    found = get_image_model().objects.order_by("pk")
    for restriction in closed:
        found = found.exclude(collection__path__startswith=restriction.collection.path)
    return found


def take_picture(image, folder):
    """Copy the file as it was kept, wherever that is, and say what it is."""
    name = f"beelden/{image.pk}-{Path(image.file.name).name}"
    (folder / "beelden").mkdir(exist_ok=True)
    with image.file.storage.open(image.file.name) as kept, (folder / name).open("wb") as copy:
        shutil.copyfileobj(kept, copy)
    return {
        "bestand": name,
        "titel": image.title,
        "beschrijving": image.description,
        "breed": image.width,
        "hoog": image.height,
        "toegevoegd": image.created_at,
    }


# --- As load_content reads it --------------------------------------------------------------------


def topic_file(page, number, articles):
    modules = [one for one in page.related if one.startswith("module:")]
    front = {"soort": "onderwerp", "volgorde": number} | fields(page, TOPIC_FIELDS)
    front |= {
        "artikelen": [f"artikel:{article.slug}" for article in articles],
        "modules": modules,
        "documenten": [one for one in page.related if one not in modules],
    }
    return whole(front, page.body)


def article_file(page, topic):
    front = {"soort": "artikel", "onderwerp": topic.slug} | fields(page, ARTICLE_FIELDS)
    return whole(front, page.body)


def fields(page, names):
    """The values of a page by the names of our files."""
    found = {}
    for name, ours in names.items():
        value = getattr(page, ours)
        if ours in BLOCKS:
            shape = {key: its for its, key in SHAPES[name].items()}
            value = [{shape[key]: part for key, part in row.value.items()} for row in value]
        if value is not None:
            found[name] = value
    return found


def whole(front, body):
    """Plain fields first: in TOML what follows a table belongs to it."""
    tables = {name: rows for name, rows in front.items() if is_table(rows)}
    lines = [f"{name} = {toml(value)}" for name, value in front.items() if name not in tables]
    for name, rows in tables.items():
        for row in rows:
            lines += ["", f"[[{name}]]", *(f"{key} = {toml(part)}" for key, part in row.items())]
    heading = "\n".join(lines)
    return f"+++\n{heading}\n+++\n\n{body}\n"


def is_table(value):
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def toml(value) -> str:
    """A value as TOML writes it. JSON's strings, numbers and lists are TOML's too."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value or ("" if value is None else value), ensure_ascii=False)


def term_rows(term):
    rows = [f"[{term.slug}]"]
    for name, ours in TERM_FIELDS.items():
        if value := getattr(term, ours):
            rows.append(f"{name} = {toml(value)}")
    return "\n".join(rows) + "\n"


# --- To read -------------------------------------------------------------------------------------


def to_read(page, references):
    """Without us: every reference filled in, every link with its whole address."""

    def reference(match):
        try:
            return strip_tags(show(match["kind"], match["what"], references, page.kinds))
        except UnknownReference:
            return match[0]

    def link(match):
        found = references.links([match["target"]])
        words = match["words"]
        return f"[{words}]({full_address(found[0].address)})" if found else words

    body = WORDS_AND_LINK.sub(link, REFERENCE.sub(reference, page.body))
    lines = [f"# {page.title}", "", page.summary, ""]
    if page.checked_on:
        lines += [f"Gecontroleerd op {page.checked_on.isoformat()}.", ""]
    lines += [body, ""]
    if page.sources:
        lines += ["## Bronnen", ""]
        for block in page.sources:
            row = block.value
            lines.append(
                f"- {row['title']} {row['address']} (gelezen op {row['read_on']})".rstrip()
            )
    lines += ["", f"Van: {full_address(page.url)} (Kennispunt, CC BY 4.0)", ""]
    return "\n".join(lines)
