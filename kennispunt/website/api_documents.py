"""The documents of /api/v1/: their fields, and how each is made. Names are Dutch, as on the screen.

A field that is here stays: other changes become v2.
"""

from datetime import date, datetime

from ninja import Field, Schema

from kennispunt.elections import feeds
from kennispunt.pages import text
from kennispunt.pages.references import References
from kennispunt.trainings.calendars import local
from kennispunt.trainings.finding import AUDIENCES
from kennispunt.ui.links import full_address


class Page(Schema):
    """One part of a list: which, and where the next part is."""

    aantal: int
    volgende: str | None


# --- Topics and articles --------------------------------------------------------------------------


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


def show_whole_article(page):
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


# --- Terms and facts ------------------------------------------------------------------------------


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


def show_term(term, references):
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


def show_fact(fact):
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


# --- Areas and the calendar -----------------------------------------------------------------------


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


def show_election(election):
    address = feeds.address(election)
    return {
        "verkiezing": election.slug,
        "titel": election.title,
        "kandidaatstelling": election.nomination,
        "stemming": election.voting,
        "adres": address,
        "dagen": f"{address.rstrip('/')}.json",
    }


# --- Trainings ------------------------------------------------------------------------------------


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
