"""Official results: what an import takes in, what it refuses, and what it never keeps."""

import io
import json
import time
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from kennispunt.elections.importing import import_results
from kennispunt.elections.models import Area, AreaResult, Election, ElectoralList
from kennispunt.elections.results_csv import BadFile, election_of, parse
from kennispunt.elections.tests.make import make_area

GR = "uitslag_GR20260318_Gemeente.csv"
HEAD = "Gemeente;Code;AmsterdamseCode;Partij;AantalStemmen;AantalZetels;\n"
ASSEN = (
    "Assen;G0106;10000;Dorpsbelang Lindewaard;1200;3;\nAssen;G0106;10000;Lokaal Hazelmeer;900;2;\n"
)
PS = "uitslag_PS20230315_Drenthe.csv"
DRENTHE = (
    "Regio;Code;Type;Partij;AantalStemmen;AantalZetels;\n"
    "Drenthe;P22;Kiesgerechtigden;;1000;;\n"
    "Drenthe;P22;Opkomst;;610;;\n"
    "Drenthe;P22;AantalGeldigeStemmen;;600;;\n"
    "Drenthe;P22;AantalBlancoStemmen;;7;;\n"
    "Drenthe;P22;AantalOngeldigeStemmen;;3;;\n"
    "Drenthe;P22;Partij;Wij Molenkerk;600;41;\n"
)


@pytest.fixture(autouse=True)
def areas(db):
    make_area("GM0106", "Assen")
    make_area("GM0114", "Emmen")
    make_area("GM0373", "Bergen (NH.)")
    make_area("GM0893", "Bergen (L.)")
    Area.objects.filter(pk=make_area("GM0003", "Appingedam").pk).update(valid_to=date(2021, 1, 1))


def take(text, name=GR, **options):
    return import_results([(name, text.encode())], **options)[0]


def problems(content, name=GR):
    content = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(BadFile) as bad:
        import_results([(name, content)])
    assert not Election.objects.exists()
    return bad.value.problems


def kept():
    models = (Election, AreaResult, ElectoralList)
    return [list(model.objects.order_by("pk").values()) for model in models]


# --- What is taken in -----------------------------------------------------------------------------


def test_lists_come_in_with_votes_and_seats():
    report = take(HEAD + ASSEN)

    assert (report.election, report.areas, report.lists, report.seats) == ("GR20260318", 1, 2, 5)
    assert list(ElectoralList.objects.values_list("name", "votes", "seats")) == [
        ("Dorpsbelang Lindewaard", 1200, 3),
        ("Lokaal Hazelmeer", 900, 2),
    ]
    result = AreaResult.objects.get()
    assert (result.area_id, result.seats, result.turnout) == ("GM0106", 5, None)


def test_totals_come_in_where_the_file_has_them():
    take(DRENTHE, PS)

    result = AreaResult.objects.get()
    assert (result.eligible_voters, result.turnout, result.valid_votes) == (1000, 610, 600)
    assert (result.blank_votes, result.invalid_votes) == (7, 3)


def test_european_election_is_of_the_whole_country():
    text = "Regio;Code;Type;Partij;AantalStemmen;AantalZetels;\nNederland;L528;Partij;Wij;5;;\n"
    take(text, "uitslag_EP20240606_Nederland.csv")

    assert str(AreaResult.objects.get()) == "Nederland: Europees Parlement, 6 juni 2024"
    assert ElectoralList.objects.get().seats == 0


def test_area_that_is_no_more_keeps_its_old_election():
    take(HEAD + "Appingedam;G0003;1;Wij;10;1;\n", "uitslag_GR20180321_Gemeente.csv")

    assert AreaResult.objects.get().area.name == "Appingedam"


def test_two_areas_of_one_name_are_two():
    take(HEAD + "Bergen (NH);G0373;1;Wij;10;1;\nBergen;G0893;1;Wij;20;2;\n")

    assert set(AreaResult.objects.values_list("area", "seats")) == {("GM0373", 1), ("GM0893", 2)}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('"Leefbaar \'t Hazel" Lijst', '"Leefbaar \'t Hazel" Lijst'),
        ('"Wij; dorpen"'.replace(";", ""), "Wij dorpen"),
        ("  Wij   dorpen ", "Wij dorpen"),
        ("+Hazelmeer", "+Hazelmeer"),
        ("(HAZ) Hazelmeer", "(HAZ) Hazelmeer"),
        # What begins with a sign is text: a file that we give neutralises it (tables.py).
        ("@ssen Lokaal", "@ssen Lokaal"),
        ("=1+1", "=1+1"),
        ("-Lokaal- (samen)", "-Lokaal- (samen)"),
        ("Dorps\u200bbelang\u00a0Linde\u00adwaard", "Dorpsbelang Lindewaard"),
        ("Wij\u2028dorpen\x0b", "Wij dorpen"),
        ("A" * 130, "A" * 119 + "…"),
    ],
)
def test_name_stays_as_on_the_ballot(written, kept):
    take(HEAD + f"Assen;G0106;1;{written};10;1;\n")

    assert ElectoralList.objects.get().name == kept


def test_file_may_have_a_byte_order_mark_and_windows_line_ends():
    text = "\ufeff" + (HEAD + ASSEN).replace("\n", "\r\n")

    assert take(text, "uitslag_GR20260318_Gemeente (1).csv").lists == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("\n", "\r"),
        lambda text: "sep=;\n" + text,
        lambda text: text.replace("\n", ";;\n"),
        lambda text: text + ";;;;;;\n\n",
        lambda text: text.replace("Assen;", "\u00a0Assen\u200b;"),
    ],
    ids=["line ends", "sep", "columns", "empty rows", "unseen"],
)  # fmt: skip
def test_what_a_spreadsheet_adds_does_no_harm(damage):
    assert take(damage(HEAD + ASSEN)).lists == 2


# --- Blank lists ----------------------------------------------------------------------------------

BLANKS = (
    "Assen;G0106;1;Blanco (Zwartjes-Kool, A.B.);30;1;\n"
    "Assen;G0106;1;Blanco Zwartjes;20;0;\n"
    "Assen;G0106;1;Blanco (lijst 16);10;0;\n"
)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("-", None), ("–", None), ("", None), (".", None), ("Blanco", None), ("(blanco)", None),
        ("Blanco lijst 14", 14), ("Blanco (lijst 14)", 14), ("BLANCO LIJST NR. 14", 14),
        ("Blanco 14", 14), ("Blanco lijst 14 (Zwartjes, A.)", 14), ("Lijst 14", 14),
        ("Lijst 14 (Zwartjes, A.)", 14), ("Lijst 14 (Zwartjes)", 14), ("Lijst 14 - Zwartjes, A.B.", 14),
        ("Lijst 14: A.B. de Zwartjes", 14), ("Lijst nr. 14 (blanco)", 14), ("14 (Zwartjes, A.)", 14),
        ("Lijst 14 zonder naam", 14), ("Lijst zonder aanduiding (Zwartjes, A.)", None),
        ("Zwartjes-Kool, A.B.", None), ("Zwartjes, van den, J.A. (Jan)", None),
        ("\u200bBlanco\u00a0lijst 14", 14),
    ],
)  # fmt: skip
def test_list_without_a_name_is_a_blank_one_with_its_number(written, number):
    report = take(HEAD + ASSEN + f"Assen;G0106;1;{written};30;1;\n")

    blank = ElectoralList.objects.get(blank_order=1)
    assert (blank.name, blank.number, blank.votes) == ("", number, 30)
    assert "Zwartjes" not in repr(kept()) + json.dumps(report.as_dict())
    assert ElectoralList.objects.count() == 3


@pytest.mark.parametrize(
    "name",
    ["Lijst 9 Winterswijk", "Lijst Linssen", "Lijst Van Damme (LVD)", "Lijst 50+", "P.A.K. Brunssum",
     "Gemeentebelangen, Loppersum", "Blancoperatie", "V.V.D.", "Zonder Gedoe", "50PLUS"],
)  # fmt: skip
def test_name_that_only_looks_so_stays(name):
    take(HEAD + f"Assen;G0106;1;{name};30;1;\n")

    assert ElectoralList.objects.get().name == name


def test_persons_that_were_taken_for_names_of_lists_are_forgotten():
    take(HEAD + ASSEN + "Assen;G0106;1;Blanco;5;0;\nAssen;G0106;1;Lijst 9 Winterswijk;6;0;\n")
    result = AreaResult.objects.get()
    for name in ("Lijst 3 (Zwartjes, V.)", "Zwartjes-Kool, A.B."):
        result.lists.create(name=name, votes=10, seats=0)

    import_module("kennispunt.elections.migrations.0003_no_person_names_a_list").forget_persons(
        apps, None
    )

    blanks = ElectoralList.objects.filter(name="").order_by("blank_order")
    assert list(blanks.values_list("blank_order", "number")) == [(1, None), (2, 3), (3, None)]
    assert "zwartjes" not in repr(kept()).lower()
    assert ElectoralList.objects.exclude(name="").count() == 3


def test_list_without_any_name_is_told_before_it_is_taken_in():
    [warning] = take(HEAD + "Assen;G0106;1;;10;1;\n", dry_run=True).warnings

    assert (
        warning == "Assen, regel 2: hier staat geen naam. We lezen dit als een lijst zonder naam."
    )


@pytest.mark.thorough
def test_large_file_of_doubles_is_refused_soon():
    """Each row is compared with what is known of it, not with all rows above it."""
    row = "Assen;G0106;1;Wij {};10;1;\n"
    lines = "".join(row.format(number) for number in range(60_000))
    began = time.perf_counter()
    found = problems(HEAD + lines + lines)

    assert found[-1] == f"{GR}: En nog 59980 regels."
    assert time.perf_counter() - began < 15  # it was minutes


def test_name_of_a_person_on_a_blank_list_is_kept_nowhere():
    report = take(HEAD + BLANKS)

    assert [one.title for one in ElectoralList.objects.order_by("-votes")] == [
        "Lijst zonder naam 1",
        "Lijst zonder naam 2",
        "Lijst 16 (zonder naam)",
    ]
    assert "Zwartjes" not in repr(kept()) + json.dumps(report.as_dict())


@pytest.mark.parametrize("votes", ["x", "=1+1", ""])
def test_name_of_a_person_is_in_no_message_either(votes):
    assert "Zwartjes" not in repr(
        problems(HEAD + f"Assen;G0106;1;Blanco (Zwartjes, A.);{votes};1;\n")
    )


def test_later_file_tells_the_number_of_a_blank_list():
    take(HEAD + "Assen;G0106;1;Blanco (Zwartjes, A.);30;1;\n")
    report = take(HEAD + "Assen;G0106;1;Blanco (lijst 7);30;1;\n")

    assert [(one.what, one.after) for one in report.changes] == [("number", 7)]
    assert ElectoralList.objects.get().number == 7


# --- Again, and corrected -------------------------------------------------------------------------


def test_same_file_twice_changes_nothing():
    take(HEAD + ASSEN + BLANKS)
    before = kept()
    report = take(HEAD + ASSEN + BLANKS)

    assert kept() == before
    assert (report.new, report.changed, report.unchanged, report.changes) == (0, 0, 5, [])


def test_corrected_file_tells_what_changed():
    take(HEAD + ASSEN)
    report = take(HEAD + ASSEN.replace("1200;3", "1210;4"))

    told = [(one.area, one.list, one.what, one.before, one.after) for one in report.changes]
    assert told == [
        ("Assen", "Dorpsbelang Lindewaard", "votes", 1200, 1210),
        ("Assen", "Dorpsbelang Lindewaard", "seats", 3, 4),
    ]
    assert AreaResult.objects.get().seats == 6
    assert ElectoralList.objects.get(name__startswith="Dorps").votes == 1210


@pytest.mark.parametrize("right", ["Dorpsbelang Líndewaard", "Dorpsbelang Lindewoud"])
def test_corrected_name_stays_the_same_list(right):
    take(HEAD + ASSEN)
    before = set(ElectoralList.objects.values_list("pk", flat=True))
    report = take(HEAD + ASSEN.replace("Dorpsbelang Lindewaard", right))

    assert [one.what for one in report.changes] == ["name"]
    assert set(ElectoralList.objects.values_list("pk", flat=True)) == before
    assert ElectoralList.objects.named(right).count() == 1


def test_list_that_is_no_longer_there_goes_and_another_comes():
    take(HEAD + ASSEN)
    report = take(HEAD + ASSEN.replace("Lokaal Hazelmeer;900;2", "Wij Molenkerk;950;1"))

    assert {(one.list, one.what) for one in report.changes} == {
        ("Lokaal Hazelmeer", "gone"),
        ("Wij Molenkerk", "new"),
    }
    assert AreaResult.objects.get().seats == 4


def test_file_of_one_area_leaves_the_others_alone():
    take(HEAD + ASSEN + "Emmen;G0114;1;Wij Emmen;10;1;\n")
    report = take(HEAD + ASSEN)

    assert report.unchanged == 2
    assert ElectoralList.objects.count() == 3


def test_totals_that_a_file_does_not_have_are_not_lost():
    take(DRENTHE, PS)
    lines = DRENTHE.splitlines(keepends=True)
    report = take(lines[0] + lines[-1], PS)

    assert report.changes == []
    assert AreaResult.objects.get().turnout == 610


def test_dry_run_tells_and_keeps_nothing():
    report = take(HEAD + ASSEN, dry_run=True)

    assert report.new == 2
    assert not Election.objects.exists()


@pytest.mark.parametrize("count", [1, 30])
def test_one_area_costs_as_many_queries_as_thirty(count, django_assert_num_queries):
    places = [make_area(f"GM{number}") for number in range(5001, 5001 + count)]
    text = HEAD + "".join(f"x;{place.kiesraad_code};1;Wij;10;1;\n" for place in places)
    take(text)

    with django_assert_num_queries(17):  # 9, and 8 to keep the search up to date
        take(text.replace(";10;1;", ";11;1;"))


# --- What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Dit bestand is leeg."),
        (HEAD, "Er staat geen enkele uitslag in dit bestand."),
        ("Gemeente;Code;Partij;AantalStemmen;\n", "Regel 1: deze kolom ontbreekt: AantalZetels."),
        (HEAD + "Verzonnen;G9999;1;Wij;10;1;\n", "Regel 2: dit gebied kennen we niet: G9999."),
        (HEAD + "Drenthe;P22;1;Wij;10;1;\n", "Regel 2: P22 is een provincie, geen gemeente."),
        (HEAD + "Assen;G0106;1;Wij;tien;1;\n", "Regel 2: in kolom AantalStemmen staat geen heel getal."),
        (HEAD + "Assen;G0106;1;Wij;10\n", "Regel 2: er staan 5 velden, de kop heeft er 7."),
        (HEAD + "Assen;;1;Wij;10;1;\n", "Regel 2: de code van het gebied ontbreekt."),
        (HEAD + "Assen;G0106;1;Wij;10;=A1;\n", "Regel 2: in kolom AantalZetels staat geen heel getal."),
        (
            HEAD + "Appingedam;G0003;1;Wij;10;1;\n",
            "Regel 2: gemeente Appingedam bestond niet meer op de dag van de verkiezing.",
        ),
        (
            HEAD + "Assen;G0106;1;Wij;10;1;\nAssen;G0106;1;Wij;11;1;\n",
            "Regel 3: de lijst “Wij” staat in Assen al op regel 2. "
            "Een lijst mag er per gebied één keer staan.",
        ),
    ],
)  # fmt: skip
def test_bad_file_is_refused_with_the_line(content, message):
    assert problems(content) == [f"{GR}: {message}"]


def test_other_encoding_is_refused_with_the_line():
    found = problems((HEAD + ASSEN + "Súdwest;G1900;1;Wij;1;1;\n").encode("latin-1"))

    assert found[0].startswith(f"{GR}: Regel 4: hier staat een teken dat geen UTF-8 is.")


def test_file_of_two_bytes_a_sign_is_refused():
    assert problems((HEAD + ASSEN).encode("utf-16"))[0].endswith("of niet opgeslagen als UTF-8.")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("uitslag.csv", "De naam van het bestand moet zijn zoals bij de Kiesraad"),
        ("uitslag_NR20260318_Nederland.csv", "Deze soort verkiezing lezen we niet: NR"),
        ("uitslag_GR20260231_Gemeente.csv", "De datum in de naam van het bestand bestaat niet."),
        ("uitslag_TK20251029_Assen.csv", "Regel 2: G0106 is niet het hele land (L528)."),
    ],
)
def test_name_of_the_file_tells_the_election(name, message):
    assert problems(HEAD + ASSEN, name)[0].startswith(f"{name}: {message}")


def test_every_wrong_line_is_told_up_to_twenty():
    found = problems(HEAD + "Assen;G0106;1;Wij;tien;1;\n" * 25)

    assert len(found) == 21
    assert found[-1] == f"{GR}: En nog 5 regels."


def test_one_bad_file_keeps_the_good_ones_out():
    with pytest.raises(BadFile):
        import_results([(GR, (HEAD + ASSEN).encode()), (PS, b"")])

    assert not Election.objects.exists()


def test_two_files_that_contradict_each_other_are_refused():
    other = HEAD + ASSEN.replace("1200", "1300")
    with pytest.raises(BadFile, match=r"zegt .* iets anders"):
        import_results([(GR, (HEAD + ASSEN).encode()), (f"kopie {GR}", other.encode())])


def test_votes_that_do_not_add_up_are_told():
    report = take(DRENTHE.replace("Wij Molenkerk;600", "Wij Molenkerk;590"), PS)

    assert report.warnings == [
        "Drenthe: de lijsten hebben samen 590 stemmen, het bestand noemt 600 geldige stemmen."
    ]


# --- The database holds it ------------------------------------------------------------------------


def test_constraints_hold():
    take(HEAD + ASSEN)
    result = AreaResult.objects.get()
    for wrong in (
        lambda: Election.objects.create(kind="GR", date=date(2026, 3, 18)),
        lambda: AreaResult.objects.create(
            election=result.election, area=result.area, seats=1, source="x",
            imported_at=result.imported_at,
        ),
        lambda: result.lists.create(name="Lokaal Hazelmeer", votes=1, seats=1),
        lambda: result.lists.create(name="", votes=1, seats=1),
        lambda: result.lists.create(name="Zwartjes", blank_order=1, votes=1, seats=1),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_country_has_one_result():
    election = Election.objects.create(kind="EP", date=date(2024, 6, 6))
    fields = {"election": election, "seats": 1, "source": "x", "imported_at": "2026-01-01T12:00Z"}
    AreaResult.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        AreaResult.objects.create(**fields)


# --- The command ----------------------------------------------------------------------------------


def test_command_prints_one_object_per_file(tmp_path, capsys):
    for name, text in ((GR, HEAD + ASSEN), (PS, DRENTHE)):
        (tmp_path / name).write_text(text, "utf-8")
    out = io.StringIO()
    call_command("import_results", tmp_path / PS, tmp_path / GR, json=True, stdout=out)

    objects = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [one["election"] for one in objects] == ["PS20230315", "GR20260318"]
    assert objects[1] | {"file": GR, "lists": 2, "seats": 5, "new": 2, "changes": []} == objects[1]


def test_command_stops_at_a_bad_file(tmp_path):
    (tmp_path / GR).write_text(HEAD, "utf-8")
    with pytest.raises(CommandError, match="Nothing was kept"):
        call_command("import_results", tmp_path / GR)
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_results", tmp_path / "niets.csv")


@pytest.mark.thorough
def test_real_files_all_come_in(starter, shared_data):
    files = sorted((shared_data / "uitslagen").glob("*.csv"))
    reports = import_results([(file.name, file.read_bytes()) for file in reversed(files)])
    found = {report.election: report for report in reports}

    gr = found["GR20260318"]
    assert (gr.areas, gr.lists, gr.seats, gr.votes) == (340, 2926, 8554, 7628386)
    gr = found["GR20220316"]
    assert (gr.areas, gr.lists, gr.seats, gr.votes) == (333, 2871, 8237, 6897076)
    assert (found["TK20251029"].lists, found["TK20251029"].seats) == (27, 150)
    assert [report.warnings for report in reports if report.warnings] == []
    council = AreaResult.objects.filter(election__kind="GR").values_list("seats", flat=True)
    assert all(seats % 2 for seats in council)


def test_parsing_needs_no_database(shared_data):
    file = shared_data / "uitslagen" / "uitslag_ER20230315_Bonaire.csv"

    assert parse(file.name, file.read_bytes()).areas["O9001"].totals["turnout"] == 10524


@pytest.mark.parametrize(
    "name",
    [
        "uitslag_GR20260318_Gemeente (1).csv", "uitslag_GR20260318 (1).csv",
        "uitslag_GR20260318(2).csv", "Kopie van uitslag_GR20260318.csv",
        "uitslag_GR20260318_Gemeente - kopie.CSV",
    ],
)  # fmt: skip
def test_file_that_a_browser_saved_twice_is_the_same_file(name):
    assert election_of(name) == ("GR", date(2026, 3, 18))


@pytest.mark.parametrize("name", ["uitslag_GR202603181.csv", "uitslag.csv", "GR20260318.csv"])
def test_name_without_a_day_says_nothing(name):
    with pytest.raises(BadFile):
        election_of(name)
