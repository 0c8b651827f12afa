"""Entries in the search: articles with their sections and questions, topics, and terms."""

from django.urls import reverse
from django.utils.formats import date_format

from kennispunt.facts.usage import Use
from kennispunt.knowledge.models import ArticlePage, Term, TopicPage
from kennispunt.pages import text
from kennispunt.pages.references import References, shows_fact
from kennispunt.search.index import Entry, Passage


def articles(keys=None):
    pages = ArticlePage.objects.live().public()
    if keys is not None:
        pages = pages.filter(slug__in=keys)
    references = References()
    topic_titles = dict(TopicPage.objects.values_list("path", "title"))
    for page in pages:
        document = text.read(page.body, references, page.kinds)
        passages = [Passage("", text.plain(document.brief))] if document.brief else []
        passages += [
            Passage(part.title, text.plain(part.html), part.id)
            for part in (*document.parts, *document.questions)
        ]
        passages += [Passage(words, "") for words in page.search_words]
        checked = f"gecontroleerd op {date_format(page.checked_on)}" if page.checked_on else ""
        yield Entry(
            key=page.slug,
            title=page.title,
            url=page.url,
            lead=page.summary,
            passages=passages,
            note=" · ".join(filter(None, [topic_titles.get(page.path[: -page.steplen]), checked])),
        )


def topics(keys=None):
    pages = TopicPage.objects.live().public()
    if keys is not None:
        pages = pages.filter(slug__in=keys)
    for page in pages:
        yield Entry(key=page.slug, title=page.title, url=page.url, lead=page.summary)


def terms(keys=None):
    """Terms, each found by its abbreviation and other words as well."""
    found = Term.objects.all() if keys is None else Term.objects.filter(slug__in=keys)
    references = References()
    for term in found:
        meaning = text.plain(text.line(term.meaning, references))
        also = ", ".join(filter(None, [term.abbreviation, *term.synonyms]))
        yield Entry(
            key=term.slug,
            title=term.term,
            url=term.get_absolute_url(),
            lead=meaning,
            passages=[Passage(also, meaning)] if also else [],
        )


def terms_title(path):
    """For reactions: the page of all terms is no page of editors."""
    return "Begrippen" if path == reverse("knowledge:terms") else ""


def uses(fact: str) -> list[Use]:
    """The texts that show this fact, for facts.usage: where an editor opens them."""

    pages = [
        *ArticlePage.objects.filter(body__contains=fact),
        *TopicPage.objects.filter(body__contains=fact),
    ]
    found = [
        Use(page.title, f"/beheer/pages/{page.pk}/edit/")
        for page in pages
        if shows_fact(page.body, fact)
    ]
    for term in Term.objects.filter(meaning__contains=fact):
        if shows_fact(term.meaning, fact):
            found.append(Use(f"Begrip: {term.term}", term.get_absolute_url()))
    return found
