"""Links to elsewhere: what a steward hears about them, and when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kennispunt.pages import checking, desk, links
from kennispunt.pages.links import Link
from kennispunt.pages.models import CheckedLink
from kennispunt.pages.tests.servers import html, network, to, websites

pytestmark = pytest.mark.django_db
ADDRESS = "http://kiesraad.example/lijsten"
KEY = "kiesraad.example/lijsten"


@pytest.fixture
def shown(monkeypatch):
    """The links that our texts show; a test adds to it."""
    found = [Link(ADDRESS, "De lijst inleveren", "/beheer/pages/7/edit/")]
    monkeypatch.setattr(links, "_sources", {"proef": lambda: found})
    return found


def check(pages, *, days=0, names=None):
    """Look at everything that is due, as if it were days later."""
    CheckedLink.objects.update(due_at=timezone.now())
    if days:
        failed = CheckedLink.objects.exclude(failed_on=None)
        failed.update(failed_on=timezone.localdate() - timedelta(days=days))
    with websites(pages) as server:
        run = checking.run(network(server, names), pause=0)
    run.asked = server.asked
    return run


def the_link():
    return CheckedLink.objects.get(address=ADDRESS)


def test_link_is_not_called_checked_before_it_was(shown):
    checking.sync()

    assert the_link().checked_at is None
    assert the_link().outcome == "nog niet nagekeken"
    assert the_link().good_on is None


def test_good_link(shown):
    check({KEY: html("Lijsten inleveren")})

    assert the_link().outcome == "in orde"
    assert the_link().good_on == the_link().checked_at
    assert not CheckedLink.objects.with_problem().exists()


def test_failure_is_believed_on_the_third_day(shown):
    check({})
    check({})  # again on the same day
    assert not CheckedLink.objects.with_problem().exists()
    assert the_link().good_on is None

    check({}, days=1)
    assert not CheckedLink.objects.with_problem().exists()
    check({}, days=1)
    assert the_link().outcome == "De pagina bestaat niet meer."
    assert CheckedLink.objects.with_problem().get() == the_link()

    check({KEY: html()})
    assert not CheckedLink.objects.with_problem().exists()


def test_page_that_moved_for_good(shown):
    check({KEY: to("/verkiezingen/lijsten"), "kiesraad.example/verkiezingen/lijsten": html()})

    assert the_link().outcome == "De pagina is verhuisd."
    assert the_link().found_address == "http://kiesraad.example/verkiezingen/lijsten"


def test_detour_for_now_is_no_news(shown):
    check({KEY: to("/tijdelijk/lijsten", 302), "kiesraad.example/tijdelijk/lijsten": html()})

    assert the_link().outcome == "in orde"


def test_page_that_leads_to_the_front_page_is_gone(shown):
    check({KEY: to("/", 302), "kiesraad.example/": html()})

    assert the_link().outcome == "De link komt nu uit op de voorpagina van de site."


@pytest.mark.parametrize(
    ("page", "outcome"),
    [
        (html("Goedkope sportschoenen"), "De pagina heeft een andere titel."),
        (html("Kiesraad: lijsten", "en"), "De pagina is in een andere taal."),
        (
            html("Kiesraad", body="Deze domeinnaam is te koop."),
            "De naam van de site lijkt te koop.",
        ),
        (
            html("kiesraad.example", body="This domain may be for sale!"),
            "De naam van de site lijkt te koop.",
        ),
    ],
)
def test_changed_owner(shown, page, outcome):
    check({KEY: html("Kiesraad | Lijsten")})
    check({KEY: page})

    assert the_link().outcome == outcome


def test_title_that_says_the_same_in_other_words_is_no_news(shown):
    check({KEY: html("Kiesraad | Lijsten")})
    check({KEY: html("Lijsten inleveren – Kiesraad")})

    assert the_link().outcome == "in orde"


def test_what_a_steward_calls_right_is_not_told_again(shown, client, make_user):
    client.force_login(make_user("eva", group="Editors"))
    check({KEY: html("Kiesraad")})
    check({KEY: html("Sportschoenen")})
    client.post(f"/beheer/links/{the_link().pk}/", {"goed": ""})
    assert the_link().outcome == "in orde"

    check({KEY: html("Sportschoenen")})
    assert the_link().outcome == "in orde"
    check({KEY: html("Kiesraad")})
    assert the_link().outcome == "De pagina heeft een andere titel."


def test_steward_sees_own_links_and_those_of_nobody(shown, make_user):
    eva, maud, anna = (
        make_user("eva", group="Editors"),
        make_user("maud", group="Moderators"),
        make_user("anna"),
    )
    shown[:] = [
        Link("http://een.example/", "Van Eva", "/beheer/", eva.pk),
        Link("http://twee.example/", "Van Maud", "/beheer/", maud.pk),
        Link("http://drie.example/", "Van niemand", "/beheer/"),
    ]
    for _ in range(3):
        check({}, days=1)

    assert [(one.title, one.count) for one in desk.waiting(eva)] == [
        ("2 links kloppen niet meer", 2)
    ]
    assert [one.count for one in desk.waiting(maud)] == [2]
    assert list(desk.waiting(anna)) == []


def test_link_that_no_text_shows_is_forgotten(shown):
    check({KEY: html()})
    shown.clear()

    check({})

    assert not CheckedLink.objects.exists()


def test_address_of_two_texts_is_asked_once(shown):
    shown.append(Link(ADDRESS, "Een ander artikel", "/beheer/pages/8/edit/"))

    assert check({KEY: html()}).asked == [KEY]
    assert [place["title"] for place in the_link().places] == [
        "De lijst inleveren",
        "Een ander artikel",
    ]


def test_when_no_site_answers_it_is_our_own_connection(shown):
    names = {f"site{n}.example": None for n in range(6)}
    shown[:] = [Link(f"http://{name}/", "Kip", "/beheer/") for name in names]

    assert check({}, names=names).offline
    assert not CheckedLink.objects.exclude(checked_at=None).exists()


def test_one_dead_name_among_living_ones_is_kept(shown):
    shown.append(Link("http://weg.example/", "Kip", "/beheer/"))

    run = check({KEY: html()}, names={"weg.example": None})

    assert (run.seen, run.failed, run.offline) == (1, 1, False)
    assert CheckedLink.objects.get(address="http://weg.example/").failed_days == 1


def test_many_addresses_in_one_run_one_at_a_time_to_each_host(shown):
    now, most = {}, []

    def page(handler):
        host = handler.headers["Host"]
        now[host] = now.get(host, 0) + 1
        most.append(now[host])
        status, _, body = html()
        handler.send_response(status)
        handler.end_headers()
        now[host] -= 1  # before the last byte: after it the next request may come
        handler.wfile.write(body)

    shown[:] = [Link(f"http://site{n % 40}.example/{n}", "Kip", "/beheer/") for n in range(300)]
    run = check({f"site{n % 40}.example/{n}": page for n in range(300)})

    assert (run.seen, run.failed, run.left) == (300, 0, 0)
    assert max(most) == 1


def test_stopped_halfway_and_started_again(shown):
    shown[:] = [Link(f"http://site{n}.example/", "Kip", "/beheer/") for n in range(20)]

    def stop(done, total):
        if done == 5:
            raise KeyboardInterrupt

    pages = {f"site{n}.example/": html() for n in range(20)}
    with websites(pages) as server:
        with pytest.raises(KeyboardInterrupt):
            checking.run(network(server), pause=0, progress=stop)
        assert CheckedLink.objects.exclude(checked_at=None).count() == 5
        CheckedLink.objects.filter(checked_at=None).update(due_at=timezone.now())  # ten minutes on
        again = checking.run(network(server), pause=0)

    assert again.seen == 15
    assert not CheckedLink.objects.filter(checked_at=None).exists()


def test_out_of_time_leaves_the_rest_for_later(shown):
    assert checking.run(seconds=-1).left == 1
    assert the_link().checked_at is None


def test_two_runs_share_the_work(shown):
    checking.sync()
    link = the_link()

    assert checking.claim(link, timezone.now())
    assert not checking.claim(link, timezone.now())


def test_editor_reads_the_report(shown, client, make_user, django_assert_max_num_queries):
    eva = make_user("eva", group="Editors")
    shown[:] = [
        Link(f"http://site{n}.example/", f"Tekst {n}", "/beheer/pages/7/edit/", eva.pk)
        for n in range(3)
    ]
    checking.sync()
    client.force_login(eva)
    assert "3 nog niet nagekeken" in client.get("/beheer/links/").text

    check({"site0.example/": html(), "site1.example/": to("/x"), "site1.example/x": html()})

    page = client.get("/beheer/links/").text
    assert "De pagina is verhuisd." in page
    assert "site2" not in page  # failed once
    assert "Antwoord 404" in client.get("/beheer/links/?alle").text


def test_visitor_and_member_of_a_party_do_not(client, make_user):
    assert client.get("/beheer/links/").status_code == 302
    client.force_login(make_user("anna"))
    assert client.get("/beheer/links/").status_code == 403


def test_address_with_html_in_it_is_shown_as_text(shown, client, make_user):
    shown[:] = [Link('http://a.example/"><script>alert(1)</script>', "Kip", "/beheer/")]
    checking.sync()
    client.force_login(make_user("eva", group="Editors"))

    assert "<script>alert(1)" not in client.get("/beheer/links/?alle").text


def test_links_of_our_own_texts_are_there(starter):
    assert any(link.address.startswith("https://wetten.overheid.nl/") for link in links.shown())
