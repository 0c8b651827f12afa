"""Addresses of griffies: from a file, of offices only, with history."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError

from kennispunt.elections.models import Area
from kennispunt.outreach import addresses
from kennispunt.outreach.models import GriffieAddress

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]
TODAY = date(2026, 11, 24)
GOOD = "Gemeente;E-mail\nAssen;griffie@assen.example\nGM0373;raad@bergen.example\n"


def take_in(text, **options):
    table = addresses.read(text if isinstance(text, bytes) else text.encode())
    return addresses.take_in(table, area=0, email=1, source="proef", on=TODAY, **options)


def test_file_is_taken_in_and_a_second_time_changes_nothing():
    first, second = take_in(GOOD), take_in(GOOD)

    assert (len(first.new), len(second.new), second.same) == (2, 0, 2)
    assert {one.area.code for one in GriffieAddress.objects.current()} == {"GM0106", "GM0373"}


def test_new_address_replaces_and_the_old_one_stays_as_history():
    take_in(GOOD)
    report = take_in("Gemeente;E-mail\nAssen;raadsgriffie@assen.example\n")

    assert report.replaced == ["Assen: griffie@assen.example wordt raadsgriffie@assen.example"]
    old = GriffieAddress.objects.exclude(ended_on=None).get()
    assert (old.email, old.ended_on) == ("griffie@assen.example", TODAY)


def test_look_first_changes_nothing():
    assert len(take_in(GOOD, dry_run=True).new) == 2
    assert not GriffieAddress.objects.exists()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Assen;j.de.vries@assen.example", "persoon"),
        ("Assen;geen adres", "geen mailadres"),
        ("Assen;", "geen mailadres|er staat geen"),
        ("Nergenshuizen;griffie@nergens.example", "niet één gebied"),
        ("Bergen;griffie@bergen.example", "niet één gebied"),  # there are two
        ('=HYPERLINK("http://x");griffie@assen.example', "niet één gebied"),
    ],
)
def test_line_that_is_refused(line, why):
    report = take_in(f"Gemeente;E-mail\n{line}\nHoorn;griffie@hoorn.example\n")

    assert len(report.refused) == 1
    assert report.refused[0].startswith("Regel 2")
    assert any(part in report.refused[0] for part in why.split("|"))
    assert len(report.new) == 1


def test_same_area_twice_keeps_the_first():
    report = take_in("Gemeente;E-mail\nAssen;griffie@assen.example\nGM0106;raad@assen.example\n")

    assert GriffieAddress.objects.get().email == "griffie@assen.example"
    assert "staat er al" in report.refused[0]


def test_windows_text_is_read_with_a_warning():
    table = addresses.read("Gemeente;E-mail\nSúdwest-Fryslân;griffie@sf.example\n".encode("cp1252"))

    assert "Windows" in table.note
    assert table.rows[0][0] == "Súdwest-Fryslân"


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("\n", "\r"),
        GOOD.replace("\n", "\r\n"),
        "sep=;\r\n" + GOOD,
        GOOD.replace("example\n", "example;\n"),  # one separator too many
        GOOD.replace("\n", ";;\n"),
        ";;\n\n" + GOOD + ";;\n",
        GOOD.replace(";", "\t"),
        GOOD.replace(";", ","),
        '"Gemeente";"E-mail"\n"Assen";"griffie@assen.example"\n"GM0373";"raad@bergen.example"\n',
        GOOD.replace("Assen", "\u00a0Assen\u200b"),
        GOOD.replace("E-mail", "E-mail, of telefoon"),
    ],
)
def test_what_a_spreadsheet_adds_does_no_harm(text):
    report = take_in("\ufeff" + text)

    assert report.new == ["Assen: griffie@assen.example", "Bergen (NH.): raad@bergen.example"]


@pytest.mark.parametrize("content", [b";;\n;;\n", b"\r\r", b"a;b\n;\n", b"a;b\n" + b"x" * 200_000])
def test_file_of_nothing_or_of_one_endless_cell_is_told(content):
    with pytest.raises(ValidationError):
        addresses.read(content)


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"een kolom\nrij\n", b"a;b\n", b"x" * 1_000_001]
)
def test_file_that_is_none(content):
    with pytest.raises(ValidationError):
        addresses.read(content)


def test_command_does_the_same(tmp_path, capsys):
    file = tmp_path / "griffies.csv"
    file.write_text(GOOD)
    call_command("import_griffies", file, area="Gemeente", email="E-mail", source="proef")

    assert capsys.readouterr().out.startswith("2 new, 0 replaced")


def test_griffie_has_one_current_address():
    take_in(GOOD)
    with pytest.raises(IntegrityError):
        GriffieAddress.objects.create(
            area=Area.objects.get(code="GM0106"),
            email="griffie2@assen.example",
            source="proef",
            checked_on=TODAY,
        )


class TestScreen:
    @pytest.fixture
    def eva(self, make_user, client):
        eva = make_user("eva", group="Editors")
        client.force_login(eva)
        return eva

    def upload(self, client, content):
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile("griffies.csv", content)
        return client.post("/griffiers/adressen/", {"file": file})

    def test_staff_map_columns_look_and_keep(self, client, eva):
        text = "Nummer;Organisatie;E-mailadres\n1;Assen;griffie@assen.example\n"
        step = self.upload(client, text.encode())
        form = step.context["form"]
        assert (form.initial["area"], form.initial["email"]) == (1, 2)
        said = {"area": 1, "email": 2, "source": "proef", "content": form.initial["content"]}

        seen = client.post("/griffiers/adressen/kolommen/", said)
        assert len(seen.context["report"].new) == 1
        assert not GriffieAddress.objects.exists()

        client.post("/griffiers/adressen/kolommen/", said | {"keep": "1"})
        assert GriffieAddress.objects.get().email == "griffie@assen.example"

    def test_bad_file_says_what_is_wrong(self, client, eva):
        assert "geen CSV-bestand" in self.upload(client, b"\x00\x00").text

    def test_forgotten_source_keeps_the_table(self, client, eva):
        form = self.upload(client, GOOD.encode()).context["form"]
        said = {"area": 0, "email": 1, "source": "", "content": form.initial["content"]}

        answer = client.post("/griffiers/adressen/kolommen/", said)

        assert "griffie@assen.example" in answer.text
        assert answer.context["form"].errors["source"]

    @pytest.mark.parametrize(
        "address",
        ["/griffiers/adressen/", "/griffiers/brieven/", "/griffiers/brieven/nieuw/"],
    )
    def test_visitor_and_member_get_nothing(self, client, make_user, address):
        assert client.get(address).status_code in {302, 403}
        client.force_login(make_user("anna"))
        assert client.get(address).status_code == 403
