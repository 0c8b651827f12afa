"""Results in the back office: first what would change, then the change."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kennispunt.elections.models import ElectoralList

PAGE, CONFIRM = "/beheer/uitslagen/", "/beheer/uitslagen/inlezen/"
HEAD = "Gemeente;Code;AmsterdamseCode;Partij;AantalStemmen;AantalZetels;\n"
ASSEN = HEAD + 'Assen;G0106;1;"Wij" Molenkerk;1200;3;\nAssen;G0106;1;Blanco (Zwartjes, A.);90;0;\n'


@pytest.fixture
def eva(starter, client, make_user):
    client.force_login(make_user("eva", group="Editors"))


def send(client, text=ASSEN, name="uitslag_GR20260318_Gemeente.csv"):
    return client.post(PAGE, {"files": SimpleUploadedFile(name, text.encode())})


def confirm(client, page):
    return client.post(CONFIRM, {"sealed": page.context["sealed"]}, follow=True)


def test_editor_sees_what_would_change_before_it_does(client, eva):
    page = send(client)
    assert "2 lijsten zijn nieuw" in page.text
    assert not ElectoralList.objects.exists()

    done = confirm(client, page)
    assert "Ingelezen: 2 nieuwe lijsten" in done.text
    assert [one.title for one in ElectoralList.objects.order_by("-votes")] == [
        '"Wij" Molenkerk',
        "Lijst zonder naam 1",
    ]
    assert "GR20260318" in done.text


def test_name_of_a_person_does_not_wait_in_the_page(client, eva):
    page = send(client)

    assert "Zwartjes" not in page.text
    assert "Zwartjes" not in page.context["sealed"]


def test_corrected_file_shows_what_was_and_what_will_be(client, eva):
    confirm(client, send(client))
    page = send(client, ASSEN.replace("1200;3", "1200;4"))

    [change] = page.context["reports"][0].changes
    assert (change.area, change.label, change.before, change.after) == ("Assen", "zetels", 3, 4)
    confirm(client, page)
    assert ElectoralList.objects.get(votes=1200).seats == 4


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("", "uitslag_GR20260318_Gemeente.csv", "Dit bestand is leeg."),
        (ASSEN, "uitslag.csv", "De naam van het bestand moet zijn zoals bij de Kiesraad"),
        (HEAD + "x;G9999;1;Wij;1;1;\n", "uitslag_GR20260318_x.csv", "kennen we niet: G9999"),
    ],
)
def test_bad_file_is_told_and_nothing_is_kept(client, eva, text, name, message):
    page = send(client, text, name)

    assert message in page.text
    assert "sealed" not in page.context
    assert not ElectoralList.objects.exists()


def test_no_file_at_all_is_told(client, eva):
    assert "Kies een of meer bestanden." in client.post(PAGE, {}).text


def test_what_was_tampered_with_is_refused(client, eva):
    sealed = send(client).context["sealed"]
    page = client.post(CONFIRM, {"sealed": sealed[:-2] + "xx"})

    assert "Kies de bestanden opnieuw" in page.text
    assert not ElectoralList.objects.exists()


def test_only_who_may_import_gets_in(starter, client, make_user):
    client.force_login(make_user("maud", group="Moderators"))
    assert client.get(PAGE).status_code in {302, 403}
    assert client.post(CONFIRM, {"sealed": "x"}).status_code in {302, 403}

    client.force_login(make_user("anna"))
    assert client.get(PAGE).status_code in {302, 403}
