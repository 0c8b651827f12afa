"""Typed text is there again after signing in, and for nobody else; nothing sends itself."""

import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kennispunt.accounts import typed
from kennispunt.elections.tests.make import make_result
from kennispunt.knowledge.loading import tree
from kennispunt.knowledge.models import ArticlePage, TopicPage
from kennispunt.parties.models import Case
from kennispunt.parties.tests.make import apply, make_area
from kennispunt.trainings.models import Edition
from kennispunt.trainings.tests.make import make_edition, make_theme
from kennispunt.wishes.models import CustomRequest, WishVoice
from tests.html import parse

pytestmark = pytest.mark.django_db
TEXT = 'Wij zoeken "leden" & durven <echt> te vragen.\nTweede regel.'
ONE_LINE = 'Wij zoeken "leden" & durven <echt> te vragen.'
ASK = "/trainingen/wens/vraag/"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def end_session(client):
    """The browser lost its cookie; it stays the same browser."""
    client.cookies.pop("sessionid")


def sign_in(client, user, answer, outbox):
    """By hand, from the page where the form ended up, with a code and what staff has besides."""
    assert "/account/login/" in answer.redirect_chain[-1][0]
    to = re.search(r'name="next" value="([^"]*)"', answer.text)[1]
    client.post("/account/login/", {"login": user.email, "password": "", "next": to})
    code = re.findall(r"^([A-Z0-9-]{6,9})$", outbox()[-1].text, re.MULTILINE)[0]
    return client.post("/account/login/code/confirm/", {"code": code, "next": to}, follow=True)


def value_of(answer, name):
    """Return what stands in the field of this name, as a browser shows it."""
    [found] = [one for one in parse(answer.content).iter() if one.get("name") == name][:1]
    if found.tag == "textarea":
        return (found.text or "").removeprefix("\n")
    return found.get("value")


@pytest.fixture
def theme(db):
    return make_theme("geld")


@pytest.fixture
def case(make_user):
    make_result(make_area(), **{"Dorpsbelang Lindewaard": 3, "VVD": 2})
    apply(signed_in(make_user("fleur")), list_name="Dorpsbelang Lindewaard")
    return Case.objects.get()


@pytest.fixture
def article(db):
    page = TopicPage(title="Oprichten", slug="oprichten", summary="Begin een partij.")
    topic = tree().add_child(instance=page)
    return topic.add_child(
        instance=ArticlePage(title="Je naam", slug="naam", summary="Zo.", body="Ja.")
    )


def test_anna_finds_the_text_of_her_wish_again_and_nothing_is_sent(anna, theme, outbox):
    browser = signed_in(anna)
    browser.get(ASK)
    end_session(browser)

    answer = browser.post(
        ASK, {"theme": theme.pk, "town": "GM0106", "people": 7, "text": TEXT}, follow=True
    )
    assert "Wat je typte, is bewaard" in answer.text
    assert "durven" not in answer.text
    answer = sign_in(browser, anna, answer, outbox)

    assert answer.redirect_chain[-1][0] == ASK
    assert "Wat je typte, staat er weer" in answer.text
    assert "niet zeker" not in answer.text
    assert (value_of(answer, "text"), value_of(answer, "people")) == (TEXT, "7")
    chosen = re.findall(r'<option value="([^"]+)" selected', answer.text)
    assert {str(theme.pk), "GM0106"} <= set(chosen)
    assert not WishVoice.objects.exists()
    assert "no-store" in answer["Cache-Control"]


def test_what_was_put_back_and_sent_is_not_put_back_again(anna, theme, outbox):
    browser = signed_in(anna)
    browser.get(ASK)
    end_session(browser)
    fields = {"theme": theme.pk, "town": "GM0106", "people": 7, "text": TEXT}
    sign_in(browser, anna, browser.post(ASK, fields, follow=True), outbox)

    browser.post(ASK, fields)

    assert WishVoice.objects.count() == 1
    assert "staat er weer" not in browser.get(ASK).text


PLACES = [
    ("anna", "/mijn/", "name", ONE_LINE),
    ("anna", ASK, "text", TEXT),
    ("anna", "/trainingen/wens/maatwerk/", "text", TEXT),
    ("anna", "{edition}inschrijven/", "question", TEXT),
    ("anna", "/mijn/partij/uitnodigen/", "email", "nieuw@example.org"),
    ("petra", "/balie/partijen/{case}/", "reason", TEXT),
    ("petra", "/balie/trainingen/nieuw/", "note", TEXT),
    ("petra", "/balie/trainingen/maatwerk/{custom}/", "text", TEXT),
    ("eva", "/beheer/pages/{article}/edit/", "title", ONE_LINE),
    ("eva", "/beheer/pages/{article}/edit/", "summary", TEXT),
]


@pytest.mark.parametrize(("person", "address", "name", "text"), PLACES)
def test_it_holds_for_forms_of_every_app(
    request, case, article, outbox, person, address, name, text, anna
):
    user = request.getfixturevalue(person)
    custom = CustomRequest.objects.create(
        party=anna_party(anna),
        person=anna,
        text="x",
        people=3,
        town=make_area(),
        made_at=timezone.now(),
    )
    address = address.format(
        edition=make_edition(asks_diet=True).get_absolute_url(), case=case.pk,
        article=article.pk, custom=custom.pk,
    )  # fmt: skip
    browser = signed_in(user)
    page = browser.get(address)
    assert f'name="{name}"' in page.text
    end_session(browser)

    answer = browser.post(address, {name: text}, follow=True)
    assert "is bewaard" in answer.text
    browser.force_login(user)  # the second factor of staff is tried elsewhere
    answer = browser.get(address)

    assert value_of(answer, name) == text


def anna_party(anna):
    from kennispunt.parties.permissions import mandates_of

    return mandates_of(anna)[0].party


# --- Its owner ------------------------------------------------------------------------------------


def test_somebody_else_in_the_same_browser_does_not_see_it(anna, carla, theme, outbox):
    browser = signed_in(anna)
    browser.get(ASK)
    end_session(browser)
    answer = browser.post(ASK, {"text": TEXT}, follow=True)

    answer = sign_in(browser, carla, answer, outbox)

    assert "durven" not in answer.text
    assert "staat er weer" not in answer.text
    browser.force_login(anna)
    assert "durven" not in browser.get(ASK).text


def test_signed_out_in_another_tab_it_is_still_known_whose_it_is(anna, carla, theme, outbox):
    browser = signed_in(anna)
    browser.get(ASK)
    browser.post("/account/logout/")
    answer = browser.post(ASK, {"text": TEXT}, follow=True)

    assert "durven" not in sign_in(browser, carla, answer, outbox).text


def test_where_we_do_not_know_whose_it_is_we_say_so_and_it_can_be_wiped(anna, theme, outbox):
    browser = signed_in(anna)
    browser.get(ASK)
    browser.cookies.clear()
    answer = browser.post(ASK, {"text": TEXT}, follow=True)

    answer = sign_in(browser, anna, answer, outbox)
    assert value_of(answer, "text") == TEXT
    assert "niet zeker of jij dit typte" in answer.text

    browser.post("/mijn/getypt/wissen/")
    assert "durven" not in browser.get(ASK).text


def test_it_is_gone_after_an_hour(anna, theme, monkeypatch):
    browser = signed_in(anna)
    browser.get(ASK)
    end_session(browser)
    browser.post(ASK, {"text": TEXT})
    browser.force_login(anna)
    now = time.time()
    monkeypatch.setattr(typed.time, "time", lambda: now + 3601)

    assert "durven" not in browser.get(ASK).text


def test_the_session_that_keeps_it_is_short_and_that_of_signing_in_is_not(anna, theme, outbox):
    browser = signed_in(anna)
    browser.get(ASK)
    end_session(browser)
    answer = browser.post(ASK, {"text": TEXT}, follow=True)
    assert browser.session.get_expiry_age() <= 3600

    sign_in(browser, anna, answer, outbox)

    assert browser.session.get_expiry_age() > 3600


@pytest.mark.parametrize("name", ["password", "code", "csrfmiddlewaretoken", "new_password1"])
def test_what_is_secret_is_not_kept(anna, theme, name):
    browser = signed_in(anna)
    browser.get(ASK)
    end_session(browser)

    browser.post(ASK, {"text": TEXT, name: "geheim123"})

    assert "geheim123" not in str([one.get_decoded() for one in Session.objects.all()])


def test_a_form_of_signing_in_is_not_kept(client, make_user):
    client.post("/account/login/", {"login": "anna@example.org", "password": "kennispunt"})

    assert all("typed" not in one.get_decoded() for one in Session.objects.all())


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "https://testserver"},  # another scheme is another site: here it is http
        {"origin": "null"},
        {"origin": "http://["},
        {"referer": "https://elsewhere.example/x"},
    ],
)
def test_another_site_cannot_fill_our_forms(anna, theme, headers):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(anna)
    browser.get(ASK)

    assert browser.post(ASK, {"text": TEXT}, headers=headers).status_code == 403
    assert "durven" not in browser.get(ASK).text


def test_files_are_chosen_anew_and_that_is_said(anna, theme):
    browser = signed_in(anna)
    browser.get(ASK)
    end_session(browser)

    answer = browser.post(
        ASK, {"text": TEXT, "file": SimpleUploadedFile("a.txt", b"x")}, follow=True
    )

    assert "Bestanden kies je" in answer.text


def test_a_text_that_is_too_long_is_not_kept_and_that_is_said(anna, theme):
    browser = signed_in(anna)
    browser.get(ASK)
    end_session(browser)

    answer = browser.post(ASK, {"text": "x" * 200_000}, follow=True)

    assert "te lang om te bewaren" in answer.text


# --- A token that is too old ----------------------------------------------------------------------


def test_a_page_that_stood_open_too_long_comes_back_with_what_was_typed(anna, theme):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(anna)
    browser.get(ASK)

    answer = browser.post(ASK, {"text": TEXT, "csrfmiddlewaretoken": "x" * 64}, follow=True)

    assert answer.redirect_chain == [(ASK, 302)]
    assert value_of(answer, "text") == TEXT
    assert "stond te lang open" in answer.text
    assert not WishVoice.objects.exists()


def test_a_browser_that_keeps_no_cookies_is_told_so(db):
    answer = Client(enforce_csrf_checks=True).post(ASK, {"text": TEXT})

    assert answer.status_code == 403
    assert "cookies" in answer.text


def test_a_button_brings_back_to_the_page_it_stood_on(anna):
    edition = make_edition()
    browser = signed_in(anna)
    here = f"http://testserver{edition.get_absolute_url()}?a=b"
    end_session(browser)

    answer = browser.post("/trainingen/stem/geef/", {"themes": "leden"}, headers={"referer": here})

    assert answer.url.endswith(f"next={edition.get_absolute_url().replace('/', '%2F')}%3Fa%3Db")


def test_a_form_that_is_gone_gives_back_the_words(anna, theme):
    """Meanwhile something changed: the form is not on the page any more."""
    edition = make_edition()
    address = f"{edition.get_absolute_url()}inschrijven/"
    browser = signed_in(anna)
    browser.get(address)
    end_session(browser)
    browser.post(address, {"question": TEXT})
    Edition.objects.update(status="cancelled", cancelled_at=timezone.now())
    browser.force_login(anna)

    answer = browser.get(address)

    assert "Dit typte je" in answer.text
    assert "durven &lt;echt&gt; te vragen" in answer.text
