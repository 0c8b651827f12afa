"""/api/v1/: what everyone may read, for other programs. The page in Dutch is website/api.html.

Names are Dutch, as on the screen. What is here stays: what changes otherwise becomes v2.
"""

from datetime import date, datetime
from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.timezone import localdate, now
from django.views.decorators.http import conditional_page
from ninja import Field, NinjaAPI, Query, Schema
from ninja.decorators import decorate_view

from kennispunt.elections import calendar, feeds
from kennispunt.elections.models import Area
from kennispunt.facts import api as facts
from kennispunt.knowledge.models import ArticlePage, Term, TopicPage
from kennispunt.pages import text
from kennispunt.pages.references import References
from kennispunt.trainings.calendars import local
from kennispunt.trainings.finding import AUDIENCES
from kennispunt.trainings.models import Edition
from kennispunt.ui.links import full_address

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
    """In our words: Django's name the model that was looked in."""
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


class Page(Schema):
    """One part of a list: which, and where the next part is."""

    aantal: int
    volgende: str | None


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


class TopicOut(Schema):
    slug: str
    titel: str
    samenvatting: str
    adres: str
    gecontroleerd_op: date | None


class Topics(Page):
    resultaten: list[TopicOut]


class ArticleOut(TopicOut):
    onderwerp: str
    controleer_weer_op: date | None
    gewijzigd: datetime | None


class Articles(Page):
    resultaten: list[ArticleOut]


class Section(Schema):
    id: str
    titel: str
    html: str


class WholeArticle(ArticleOut):
    in_het_kort: str = Field(description="HTML")
    inleiding: str = Field(description="HTML")
    delen: list[Section]
    vragen: list[Section]
    slot: str = Field(description="HTML")
    wetten: list[str]
    bronnen: list[dict]
    markdown: str = Field(description="De bron, met verwijzingen als {{feit: naam}}.")


def show_topic(page):
    return {
        "slug": page.slug,
        "titel": page.title,
        "samenvatting": page.summary,
        "adres": full_address(page.url),
        "gecontroleerd_op": page.checked_on,
    }


def show_article(page):
    return show_topic(page) | {
        "onderwerp": page.url.split("/")[-3],
        "controleer_weer_op": page.check_again_on,
        "gewijzigd": page.last_published_at,
    }


def public_articles():
    return ArticlePage.objects.live().public().order_by("path")


@api.get("/onderwerpen", response=Topics, summary="De onderwerpen")
@decorate_view(for_everyone)
def topics(request, part: Query[Part]):
    return paged(request, TopicPage.objects.live().public().order_by("path"), part, show_topic)


@api.get("/artikelen", response=Articles, summary="De artikelen, zonder hun tekst")
@decorate_view(for_everyone)
def articles(request, part: Query[Part]):
    return paged(request, public_articles().defer("body"), part, show_article)


@api.get("/artikelen/{slug}", response=WholeArticle, summary="Een artikel, met zijn tekst")
@decorate_view(for_everyone)
def article(request, slug: str):
    page = get_object_or_404(public_articles(), slug=slug)
    document = text.read(page.body, References(), page.kinds)
    return show_article(page) | {
        "in_het_kort": document.brief,
        "inleiding": document.intro,
        "delen": [show_section(one) for one in document.parts],
        "vragen": [show_section(one) for one in document.questions],
        "slot": document.closing,
        "wetten": page.laws,
        "bronnen": [
            {"titel": s["title"], "adres": s["address"], "gelezen": s["read_on"].isoformat()}
            for s in (block.value for block in page.sources)
        ],
        "markdown": page.body,
    }


def show_section(part):
    return {"id": part.id, "titel": part.title, "html": part.html}


# --- Terms and facts -----------------------------------------------------------------------------


class TermOut(Schema):
    slug: str
    begrip: str
    afkorting: str
    andere_woorden: list[str]
    betekenis: str = Field(description="HTML")
    wet: str
    bron: str
    adres: str
    gecontroleerd_op: date | None


class Terms(Page):
    resultaten: list[TermOut]


class FactOut(Schema):
    naam: str
    wat: str
    waarde: str
    eenheid: str
    getoond: str
    wet: str
    bron: str
    zekerheid: str
    voorbehoud: str
    geldt_vanaf: date | None
    geldt_tot: date | None
    gecontroleerd_op: date | None
    adres: str


class Facts(Page):
    resultaten: list[FactOut]


@api.get("/begrippen", response=Terms, summary="De begrippen, uitgelegd")
@decorate_view(for_everyone)
def terms(request, part: Query[Part]):
    references = References()

    def shown(term):
        return {
            "slug": term.slug,
            "begrip": term.term,
            "afkorting": term.abbreviation,
            "andere_woorden": term.synonyms,
            "betekenis": text.line(term.meaning, references),
            "wet": term.law,
            "bron": term.source,
            "adres": full_address(term),
            "gecontroleerd_op": term.checked_on,
        }

    return paged(request, Term.objects.order_by("term", "pk"), part, shown)


@api.get("/feiten", response=Facts, summary="De feiten en bedragen die vandaag gelden")
@decorate_view(for_everyone)
def valid_facts(request, part: Query[Part]):
    def shown(fact):
        return {
            "naam": fact.name,
            "wat": fact.what,
            "waarde": fact.value,
            "eenheid": fact.unit,
            "getoond": fact.shown,
            "wet": fact.law,
            "bron": fact.source,
            "zekerheid": fact.certainty,
            "voorbehoud": fact.reservation,
            "geldt_vanaf": fact.valid_from,
            "geldt_tot": fact.valid_to,
            "gecontroleerd_op": fact.checked_on,
            "adres": full_address(fact),
        }

    return paged(request, list(facts.book().values()), part, shown)


# --- Areas and the calendar ----------------------------------------------------------------------


class AreaOut(Schema):
    code: str
    soort: str
    naam: str
    van: date | None
    tot: date | None
    adres: str


class Areas(Page):
    resultaten: list[AreaOut]


class ElectionOut(Schema):
    verkiezing: str
    titel: str
    kandidaatstelling: date
    stemming: date
    adres: str
    dagen: str = Field(description="Waar alle dagen van deze verkiezing staan, als JSON.")


class Elections(Page):
    resultaten: list[ElectionOut]


def show_area(area):
    return {
        "code": area.code,
        "soort": area.kind,
        "naam": area.name,
        "van": area.valid_from,
        "tot": area.valid_to,
        "adres": full_address("elections:area", area.slug),
    }


@api.get("/gebieden", response=Areas, summary="Gemeenten, provincies, waterschappen en eilanden")
@decorate_view(for_everyone)
def areas(request, part: Query[Part], soort: str = ""):
    found = Area.objects.order_by("code")
    if soort:
        if soort not in Area.Kind.values:
            raise Http404
        found = found.of_kind(soort)
    answer = paged(request, found, part, show_area)
    if soort and answer["volgende"]:
        answer["volgende"] += f"&soort={soort}"
    return answer


@api.get("/kalender", response=Elections, summary="De verkiezingen die komen")
@decorate_view(for_everyone)
def elections(request, part: Query[Part]):
    def shown(election):
        address = feeds.address(election)
        return {
            "verkiezing": election.slug,
            "titel": election.title,
            "kandidaatstelling": election.nomination,
            "stemming": election.voting,
            "adres": address,
            "dagen": f"{address.rstrip('/')}.json",
        }

    return paged(request, calendar.coming(localdate()), part, shown)


# --- Trainings -----------------------------------------------------------------------------------


class MeetingOut(Schema):
    begin: datetime
    einde: datetime


class RoomOut(Schema):
    naam: str
    adres: str
    postcode: str
    plaats: str
    gemeente: str = Field(description="Code van het CBS.")


class EditionOut(Schema):
    nummer: int
    training: str
    titel: str
    samenvatting: str
    thema: str
    voor: list[str]
    staat: str = Field(description="gaat door, of gaat niet door")
    online: bool
    zaal: RoomOut | None
    bijeenkomsten: list[MeetingOut]
    plaatsen: int
    vrij: int
    wachtlijst: int
    inschrijven_vanaf: datetime | None
    inschrijven_tot: datetime | None
    gewijzigd: datetime
    adres: str
    agenda: str = Field(description="Dezelfde afspraak als iCalendar.")


class Editions(Page):
    resultaten: list[EditionOut]


def show_edition(edition):
    training, room = edition.training, edition.room
    args = [training.slug, edition.pk]
    return {
        "nummer": edition.pk,
        "training": training.slug,
        "titel": training.title,
        "samenvatting": training.lead,
        "thema": training.theme.name,
        "voor": [word for word, (field, _) in AUDIENCES.items() if getattr(training, field)],
        "staat": edition.get_status_display(),
        "online": room is None,
        "zaal": room
        and {
            "naam": room.name,
            "adres": room.address,
            "postcode": room.postcode,
            "plaats": room.town,
            "gemeente": room.area_id,
        },
        "bijeenkomsten": [
            {"begin": local(one.starts_at), "einde": local(one.ends_at)}
            for one in edition.meetings.all()
        ],
        "plaatsen": edition.places,
        "vrij": max(0, edition.places - edition.taken),
        "wachtlijst": edition.waiting,
        "inschrijven_vanaf": edition.opens_at and local(edition.opens_at),
        "inschrijven_tot": edition.closes_at and local(edition.closes_at),
        "gewijzigd": local(edition.changed_at),
        "adres": full_address(edition),
        "agenda": full_address("trainings:edition_ics", *args),
    }


@api.get("/trainingen", response=Editions, summary="De trainingen die komen, ook wat is afgezegd")
@decorate_view(for_everyone)
def trainings(request, part: Query[Part]):
    coming = Edition.objects.public().coming(now()).shown().select_related("training__theme")
    return paged(request, coming, part, show_edition)
