"""What the command prints, and which lists are proposed for a party."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from kennispunt.elections.importing import import_results
from kennispunt.elections.tests.make import make_area, make_result
from kennispunt.parties.proposing import lists_like


def proposed(**options):
    out, err = io.StringIO(), io.StringIO()
    call_command("propose_eligibility", json=True, stdout=out, stderr=err, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def from_file(tmp_path, text, encoding="utf-8"):
    file = tmp_path / "names.csv"
    file.write_text(text, encoding)
    found, _ = proposed(names=file)
    return found


@pytest.fixture
def assen(db):
    return make_area("GM0106", "Assen")


# --- propose_eligibility --------------------------------------------------------------------------


def test_every_list_of_an_election_gets_a_proposal(assen):
    make_result(assen, **{"Lokaal Hazelmeer": 3, "VVD": 2, "Gemeentebelangen-VVD": 1})
    found, counts = proposed(election="GR20260318")

    assert [(one["area"], one["name"], one["outcome"]) for one in found] == [
        ("GM0106", "Gemeentebelangen-VVD", "review"),
        ("GM0106", "Lokaal Hazelmeer", "maybe"),
        ("GM0106", "VVD", "no"),
    ]
    assert [len(one["reasons"]) for one in found] == [1, 0, 1]
    assert "3 lists" in counts
    assert "1 no, 1 review, 1 maybe" in counts


def test_election_that_was_not_imported_is_told(db):
    with pytest.raises(CommandError, match="There are no results of GR20991231"):
        proposed(election="GR20991231")


def test_names_of_a_file_come_back_in_its_order(assen, tmp_path):
    found = from_file(
        tmp_path, "area,name\nGM0106,VVD Assen\n0106,Dorpsbelang\n106,Wij\n9999,Wij\n,CDA\n"
    )

    assert [(one["area"], one["outcome"]) for one in found] == [
        ("GM0106", "no"),
        ("0106", "maybe"),
        ("106", "maybe"),
        ("9999", "review"),
        ("", "no"),
    ]
    assert [reason["rule"] for reason in found[3]["reasons"]] == ["gebied"]


def test_file_may_come_from_a_spreadsheet(assen, tmp_path):
    assert from_file(tmp_path, "\ufeffName;Area\r\nWij;0106\r\n")[0]["outcome"] == "maybe"


def test_name_of_a_person_on_a_blank_list_is_not_printed(assen, tmp_path):
    (found,) = from_file(tmp_path, 'area,name\n0106,"Blanco (Zwartjes, A.)"\n')

    assert (found["name"], found["outcome"]) == ("", "review")
    assert "Zwartjes" not in json.dumps(found)


@pytest.mark.parametrize(
    ("text", "encoding", "message"),
    [
        ("gemeente,name\n", "utf-8", "line 1: there is no column area"),
        ("", "utf-8", "line 1: there is no column area, name"),
        ("area,name\n0106,Sân\n", "latin-1", "line 2: this is not UTF-8"),
    ],
)
def test_bad_file_of_names_is_refused(assen, tmp_path, text, encoding, message):
    with pytest.raises(CommandError, match=message):
        from_file(tmp_path, text, encoding)


def test_setting_makes_one_criterion_enough(assen, settings):
    make_result(assen, BVNL=1)
    assert proposed(election="GR20260318")[0][0]["outcome"] == "review"

    settings.ELIGIBILITY_NEEDS_BOTH = False
    assert proposed(election="GR20260318")[0][0]["outcome"] == "maybe"


def test_real_election_of_2026(starter, shared_data):
    """Counts that a change of the rules should be seen to change."""
    file = shared_data / "uitslagen" / "uitslag_GR20260318_Gemeente.csv"
    import_results([(file.name, file.read_bytes())])
    found, counts = proposed(election="GR20260318", on=date(2026, 11, 24))

    assert "1840 no, 157 review, 929 maybe" in counts
    assert len(found) == 2926
    maybe = {one["name"] for one in found if one["outcome"] == "maybe"}
    assert maybe.isdisjoint({"VVD", "CDA", "Volt", "PRO", "GROENLINKS", "SP", "DENK", "BBB-HMV"})


# --- Lists for a party ----------------------------------------------------------------------------


def test_lists_are_proposed_within_the_area(assen):
    make_result(
        assen,
        **{"Dorpsbelang (DB)": 3, "Dorpsbelang Assen": 1, "Dorps Belang": 1, "Wij Molenkerk": 2},
    )
    make_result(make_area("GM0114", "Emmen"), Dorpsbelang=4)

    found = lists_like("Dorpsbelang", assen)
    assert {(one.list.name, one.why) for one in found} == {
        ("Dorpsbelang (DB)", "zonder toevoeging"),
        ("Dorpsbelang Assen", "zonder toevoeging"),
        ("Dorps Belang", "zonder toevoeging"),
    }


def test_name_that_was_misspelt_is_proposed_after_the_exact_one(assen):
    make_result(assen, **{"Hart voor Hazelmeeer": 3, "Hart voor Hazelmeer": 1, "Volkspartij": 2})

    found = lists_like("Hart voor Hazelmeer", assen)
    assert [(one.list.name, one.why) for one in found] == [
        ("Hart voor Hazelmeer", "exact"),
        ("Hart voor Hazelmeeer", "lijkt erop"),
    ]
