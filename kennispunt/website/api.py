"""/api/v1/: all that everyone may read, for other programs. The page in Dutch is website/api.html.

The documents are in api_documents.py. An address that is here stays: other changes become v2.
"""

from functools import partial, wraps

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.timezone import localdate, now
from django.views.decorators.http import conditional_page
from ninja import Field, NinjaAPI, Query, Schema
from ninja.decorators import decorate_view

from kennispunt.elections import calendar
from kennispunt.elections.models import Area
from kennispunt.facts import api as facts
from kennispunt.knowledge.models import ArticlePage, Term, TopicPage
from kennispunt.pages.references import References
from kennispunt.trainings.models import Edition
from kennispunt.ui.links import full_address
from kennispunt.website import api_documents as documents

MOST = 100


class Api(NinjaAPI):
    """The API. Possible errors stand with each address: 404, and 422 for what cannot be asked."""

    def get_openapi_schema(self, **options):
        schema = super().get_openapi_schema(**options)
        for operation in (one for path in schema["paths"].values() for one in path.values()):
            kinds = {one["in"] for one in operation.get("parameters", [])}
            for status, words, holds in (
                (404, "Dit is er niet", "path" in kinds),
                (422, "Zo kunnen we dit niet lezen", bool(kinds)),
            ):
                if holds:
                    operation["responses"].setdefault(status, {"description": words})
        return schema


api = Api(
    title="Kennispunt",
    version="1",
    description="Uitleg, feiten en datums voor lokale politieke partijen. CC BY 4.0.",
    docs_url=None,  # a page of our own, without scripts of others
    urls_namespace="api",
)


@api.exception_handler(Http404)
def not_there(request, problem):
    """Answer in our words: Django's name the model that was looked in."""
    return api.create_response(request, {"detail": "Dit is er niet."}, status=404)


def for_everyone(view):
    """Any site may read it, and asks again without fetching what it has."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        patch_cache_control(response, public=True, max_age=300)
        return response

    return conditional_page(answer)


class Part(Schema):
    pagina: int = Field(1, ge=1, le=100_000)
    per_pagina: int = Field(50, ge=1, le=MOST)


def paged(request, found, part: Part, shown):
    """The part of a list that was asked."""
    count = found.count() if hasattr(found, "query") else len(found)
    start = (part.pagina - 1) * part.per_pagina
    rows = found[start : start + part.per_pagina]
    more = start + part.per_pagina < count
    following = f"{request.path}?pagina={part.pagina + 1}&per_pagina={part.per_pagina}"
    return {
        "aantal": count,
        "volgende": full_address(following) if more else None,
        "resultaten": [shown(row) for row in rows],
    }


# --- Topics and articles -------------------------------------------------------------------------


def public_articles():
    return ArticlePage.objects.live().public().order_by("path")


@api.get("/onderwerpen", response=documents.Topics, summary="De onderwerpen")
@decorate_view(for_everyone)
def topics(request, part: Query[Part]):
    return paged(
        request, TopicPage.objects.live().public().order_by("path"), part, documents.show_topic
    )


@api.get("/artikelen", response=documents.Articles, summary="De artikelen, zonder hun tekst")
@decorate_view(for_everyone)
def articles(request, part: Query[Part]):
    return paged(request, public_articles().defer("body"), part, documents.show_article)


@api.get(
    "/artikelen/{slug}", response=documents.WholeArticle, summary="Een artikel, met zijn tekst"
)
@decorate_view(for_everyone)
def article(request, slug: str):
    return documents.show_whole_article(get_object_or_404(public_articles(), slug=slug))


# --- Terms and facts -----------------------------------------------------------------------------


@api.get("/begrippen", response=documents.Terms, summary="De begrippen, uitgelegd")
@decorate_view(for_everyone)
def terms(request, part: Query[Part]):
    shown = partial(documents.show_term, references=References())
    return paged(request, Term.objects.order_by("term", "pk"), part, shown)


@api.get("/feiten", response=documents.Facts, summary="De feiten en bedragen die vandaag gelden")
@decorate_view(for_everyone)
def valid_facts(request, part: Query[Part]):
    return paged(request, list(facts.book().values()), part, documents.show_fact)


# --- Areas and the calendar ----------------------------------------------------------------------


@api.get(
    "/gebieden",
    response=documents.Areas,
    summary="Gemeenten, provincies, waterschappen en eilanden",
)
@decorate_view(for_everyone)
def areas(request, part: Query[Part], soort: str = ""):
    found = Area.objects.order_by("code")
    if soort:
        if soort not in Area.Kind.values:
            raise Http404
        found = found.of_kind(soort)
    answer = paged(request, found, part, documents.show_area)
    if soort and answer["volgende"]:
        answer["volgende"] += f"&soort={soort}"
    return answer


@api.get("/kalender", response=documents.Elections, summary="De verkiezingen die komen")
@decorate_view(for_everyone)
def elections(request, part: Query[Part]):
    return paged(request, calendar.coming(localdate()), part, documents.show_election)


# --- Trainings -----------------------------------------------------------------------------------


@api.get(
    "/trainingen",
    response=documents.Editions,
    summary="De trainingen die komen, ook wat is afgezegd",
)
@decorate_view(for_everyone)
def trainings(request, part: Query[Part]):
    coming = Edition.objects.public().coming(now()).shown().select_related("training__theme")
    return paged(request, coming, part, documents.show_edition)
