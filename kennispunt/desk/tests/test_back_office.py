"""The back office: ours by its name, mark and colours; it opens on what waits, and shows each role
what is theirs."""

import json
import re
from datetime import date

import pytest

from kennispunt.accounts.groups import let_staff
from kennispunt.pages.models import BasePage, Reaction
from kennispunt.search.models import MissedQuery

pytestmark = pytest.mark.django_db


def props(page):
    """What the menu of Wagtail is made of, in the browser."""
    return json.loads(re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page)[1])


def menu(page) -> list[str]:
    """The labels of the main menu, with what stands below a label behind it."""
    modules = [one["_args"] for one in props(page)["modules"] if "MainMenu" in one["_type"]]
    return [label for item in modules[0][0] for label in labels(item)]


def labels(item):
    [about, *below] = item["_args"]
    yield about["label"]
    for inner in below[0] if below and isinstance(below[0], list) else []:
        yield from (f"{about['label']}: {label}" for label in labels(inner))


def test_back_office_carries_our_name_mark_and_colours(client, eva):
    client.force_login(eva)
    page = client.get("/beheer/").text

    assert re.search(r"<title>[^<]* - Kennispunt</title>", page)
    assert re.search(r'<link rel="icon" href="[^"]*ui/favicon[^"]*svg"', page)
    assert "favicon.ico" not in page
    assert re.search(r'<link rel="stylesheet" href="[^"]*desk/beheer/back_office[^"]*css">', page)
    logo = re.search(r"<template data-wagtail-sidebar-branding-logo>(.*?)</template>", page, re.S)
    assert 'class="lit"' in logo[1]
    assert "icon-wagtail" not in page
    assert "wagtail.org" not in page


def test_page_that_is_not_there_shows_no_bird(client, eva):
    client.force_login(eva)
    page = client.get("/beheer/geen-bladzijde/")

    assert page.status_code == 404
    assert "Deze pagina is er niet" in page.text
    assert "icon-wagtail" not in page.text


def test_menu_names_who_is_signed_in_and_shows_no_address(client, eva):
    client.force_login(eva)
    page = client.get("/beheer/").text

    assert "Eva" in page
    assert "eva@example.org" not in page


def test_back_office_opens_on_what_waits_for_this_person(client, eva):
    let_staff(Reaction, "change")
    Reaction.objects.create(
        title="Een artikel",
        address="/een/",
        helped=False,
        remark="Fout",
        day=date(2026, 11, 27),
        handled=False,
    )
    client.force_login(eva)
    page = client.get("/beheer/").text
    assert "Er wacht op jou: 1" in page
    assert "Opmerkingen van lezers" in page
    assert page.index("Opmerkingen van lezers") < page.index("</main>")

    Reaction.objects.update(handled=True)
    page = client.get("/beheer/").text
    assert "Er wacht niets op jou" in page


@pytest.mark.parametrize(
    ("who", "theirs", "of_others"),
    [
        ("eva", {"Pagina's", "Afbeeldingen", "Feiten en wetten", "Zoeken"}, {"Inkomende mail"}),
        ("maud", {"Pagina's", "Afbeeldingen", "Feiten en wetten"}, {"Inkomende mail", "Zoeken"}),
        ("petra", {"Pagina's", "Afbeeldingen", "Inkomende mail", "Zoeken"}, set()),
    ],
)
def test_each_role_sees_what_is_theirs(request, starter, client, who, theirs, of_others):
    client.force_login(request.getfixturevalue(who))
    shown = menu(client.get("/beheer/").text)

    assert theirs <= set(shown)
    assert not of_others & set(shown)
    assert not [label for label in shown if label.startswith("Instellingen")]


def test_project_leader_writes_texts_and_publishes_none(petra):
    home = BasePage.objects.get(depth=2)
    may = home.permissions_for_user(petra)

    assert may.can_edit()
    assert not may.can_publish()


def test_project_leader_reads_what_was_asked_in_vain(client, petra):
    MissedQuery.objects.create(words="kamerzetel huren", week=date(2026, 11, 23), times=2)
    client.force_login(petra)

    assert "kamerzetel huren" in client.get("/beheer/snippets/search/missedquery/").text
