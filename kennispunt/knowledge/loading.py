"""Take the texts of inhoud/ into the site, and leave alone what editors changed.

    inhoud/onderwerpen/<slug>.md   inhoud/artikelen/<slug>.md   inhoud/begrippen.toml

All or nothing: a mistake is a ValidationError that names file, line and field.
"""

import tomllib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from kennispunt.accounts.groups import let_staff
from kennispunt.knowledge.models import ArticlePage, Term, TopicIndexPage, TopicPage
from kennispunt.pages.models import Reaction
from kennispunt.pages.references import References, UnknownReference, problems
from kennispunt.pages.sources import (
    PAGE_FIELDS,
    Report,
    check_form,
    check_names,
    read,
    take_in,
    take_in_rows,
    values_of,
)
from kennispunt.pages.tree import home

CONTENT = settings.BASE_DIR / "inhoud"
TEXT_FIELDS = PAGE_FIELDS | {"wetten": "laws"}
ARTICLE_FIELDS = TEXT_FIELDS | {
    "rollen": "roles",
    "fase": "phases",
    "verkiezingen": "elections",
    "verwante": "related",
    "open_punten": "open_points",
    "bronnen": "sources",
    "ook_onder": "also_under",
    "zoekwoorden": "search_words",
}
TOPIC_FIELDS = TEXT_FIELDS | {"doen": "tasks"}
TERM_FIELDS = {
    "term": "term",
    "afkorting": "abbreviation",
    "synoniemen": "synonyms",
    "betekenis": "meaning",
    "wet": "law",
    "bron": "source",
    "gecontroleerd_op": "checked_on",
    "zie": "see",
}

# --- The tree ------------------------------------------------------------------------------------


def tree() -> TopicIndexPage:
    """The site at its address, with a root page and /onderwerpen/. Makes what is missing."""
    if index := TopicIndexPage.objects.first():
        return index
    summary = "Van het eerste idee tot na de verkiezingen: waar wil je meer over weten?"
    return home().add_child(
        instance=TopicIndexPage(title="Onderwerpen", slug="onderwerpen", summary=summary)
    )


def topic_values(source):
    related = [*source.front["modules"], *source.front["documenten"]]
    return values_of(source, TOPIC_FIELDS) | {"related": related}


@transaction.atomic
def load_content(folder: Path = CONTENT) -> Report:
    """Load topics, articles and terms. Safe to repeat; the report says what happened."""
    report, references = Report(), References()
    topics = [read(path) for path in sorted((folder / "onderwerpen").glob("*.md"))]
    articles = [read(path) for path in sorted((folder / "artikelen").glob("*.md"))]
    for source in topics:
        check_form(
            source, TOPIC_FIELDS, {"soort", "volgorde", "artikelen", "modules", "documenten"}
        )
    for source in articles:
        check_form(source, ARTICLE_FIELDS, {"soort", "onderwerp"})
    terms = read_terms(folder / "begrippen.toml", references)
    coming = frozenset(
        [source.key for source in (*topics, *articles)] + [f"begrip:{slug}" for slug in terms]
    )
    for source in (*topics, *articles):
        check_names(source, references, coming, report)

    index = tree()
    order = {}
    for source in sorted(topics, key=lambda one: one.front["volgorde"]):
        index.refresh_from_db()
        page = take_in(TopicPage, source.key, topic_values(source), index, report, source.name)
        order[source.front["slug"]] = (page, source.front["artikelen"])
    places = {key: number for _, keys in order.values() for number, key in enumerate(keys)}
    for source in sorted(articles, key=lambda one: places.get(one.key, len(places))):
        if source.front["onderwerp"] not in order:
            raise ValidationError(f"{source.place('onderwerp')}: dit onderwerp is er niet")
        topic = order[source.front["onderwerp"]][0]
        topic.refresh_from_db()
        values = values_of(source, ARTICLE_FIELDS)
        take_in(ArticlePage, source.key, values, topic, report, source.name)
    take_in_rows(Term, "begrip", terms, report)
    let_staff(Term, "add", "change")
    let_staff(Reaction, "view", "change", "delete")
    return report


# --- Terms ---------------------------------------------------------------------------------------


def read_terms(path: Path, references: References) -> dict[str, dict]:
    """The values of every term, by slug."""
    text = path.read_text("utf-8")
    try:
        rows = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise ValidationError(f"{path.name}: {problem}") from problem
    lines = text.splitlines()
    found = {}
    for slug, row in rows.items():
        place = f"{path.name}, regel {lines.index(f'[{slug}]') + 1}, {slug}"
        found[slug] = check_term(place, row, rows, references)
    return found


def check_term(place, row, terms, references):
    """The values of a term, or a ValidationError that says where it goes wrong."""
    for name in ("term", "betekenis", "gecontroleerd_op"):
        if not row.get(name):
            raise ValidationError(f"{place}: het veld {name} ontbreekt")
    if unknown := set(row) - set(TERM_FIELDS):
        raise ValidationError(f"{place}: dit veld kennen we niet: {', '.join(sorted(unknown))}")
    for problem in problems(row["betekenis"], references):
        raise ValidationError(f"{place}, betekenis: {problem.message}")
    try:
        for law in filter(None, row.get("wet", "").split("; ")):
            references.law(law)
    except UnknownReference as problem:
        raise ValidationError(f"{place}, wet: {problem}") from problem
    if unknown := set(row.get("zie", ())) - set(terms):
        raise ValidationError(f"{place}, zie: er is geen begrip {', '.join(sorted(unknown))}")
    lists = {"synoniemen", "zie"}
    empty = {name: [] if name in lists else "" for name in TERM_FIELDS}
    return {TERM_FIELDS[name]: row.get(name, empty[name]) for name in TERM_FIELDS}
