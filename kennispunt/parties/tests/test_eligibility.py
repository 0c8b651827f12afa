"""The rules on who may take part: what a name tells, what it does not, and never a yes."""

from datetime import date

import pytest

from kennispunt.parties.eligibility import (
    Declaration,
    Observation,
    Proposal,
    Situation,
    Tie,
    changed,
    evaluate,
    ruleset,
)
from kennispunt.parties.eligibility.ruleset import FILE, read

TODAY = date(2026, 11, 24)
SEEN = Observation("Lijst in de uitslag van 18 maart 2026.", "Kiesraad", date(2026, 3, 18))
LINDEWAARD = {"area": "GM9999", "area_names": ("Lindewaard", "Lindewaard (L.)")}


def by_name(
    *names, on=TODAY, area="GM9999", area_names=("Lindewaard", "Lindewaard (L.)"), **options
) -> Proposal:
    situation = Situation(names=names, on=on, area=area, area_names=area_names, only_names=True)
    return evaluate(situation, **options)


def full(*names, both=True, **facts) -> Proposal:
    return evaluate(Situation(names=names, on=TODAY, **(LINDEWAARD | facts)), both=both)


WHOLE = {
    "stood": (SEEN,),
    "association": Observation("KVK-nummer gezien.", "Handelsregister", TODAY),
    "declaration": Declaration("none", "Aanmelding", TODAY),
}


def why(proposal):
    return [(one.rule, one.result) for one in proposal.reasons]


# --- Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "VVD",
        "D66",
        "Democraten 66 (D66)",
        "Partij van de Arbeid (P.v.d.A.)",
        "SP (Socialistische Partij)",
        "PVV (Partij voor de Vrijheid)",
        "CHRISTEN DEMOCRATISCH APPEL",
        "Staatkundig Gereformeerde Partij (SGP)",
        "GROENLINKS / Partij van de Arbeid (PvdA)",
        "PvdA-GroenLinks",
        "SGP-ChristenUnie",
        "ChristenUnie-SGP",
        "VVD en D66",
        "CDA-Lindewaard",
        "BBB Lindewaard",
        "CDA Lindewaard (L.)",
        "Forum voor Democratie",
        "50PLUS",
        "Volt",
    ],
)
def test_name_of_a_group_in_the_kamer_is_no(name):
    proposal = by_name(name)

    assert proposal.outcome == "no"
    assert why(proposal) == [("naam-kamer", "fails")]
    assert proposal.needs_two


@pytest.mark.parametrize(
    "name",
    [
        "Gemeentebelangen-VVD",
        "Wij zijn Hazelmeer | VVD",
        "Open / GROENLINKS / P.v.d.A.",
        "Groen Hazelmeer (VP/D66)",
        "DUS! GroenLinks en D66",
        "BBB-Hazelmeer",
        "SDS & GL/PvdA",
        "PRO",
        "DNA",
        "Connect-Volt",
    ],
)
def test_name_of_a_group_with_something_else_is_for_a_person(name):
    proposal = by_name(name)

    assert proposal.outcome == "review"
    assert ("naam-kamer", "person") in why(proposal)
    assert proposal.needs_two


@pytest.mark.parametrize(
    "name",
    [
        "BVNL", "Belang Van Nederland (BVNL)", "BIJ1", "Piratenpartij", "FNP", "LP (Libertaire Partij)",
        "Progressief Hazelmeer", "PRO Hazelmeer", "PRO5", "Pro'98", "ProLindewaard",
        "Hazelmeer BBBondgenoot", "Water Natuurlijk", "LOKAAL-LIMBURG",
    ],
)  # fmt: skip
def test_name_that_says_too_little_is_for_a_person(name):
    assert by_name(name).outcome == "review"


@pytest.mark.parametrize(
    "name",
    [
        "Dorpsbelang Hazelmeer", "Lokaal Hazelmeer", "Hart voor Hazelmeer / Groep Linde",
        "TOP/GEMEENTEBELANGEN", "Hazelmeerse Volkspartij", "Liberale Volkspartij Hazelmeer",
        "Democraten Hazelmeer", "Hazelmeer voor Vrijheid", "Revolutionair Socialistische Partij",
        "GroenLinksaf", "Meedenken met Hazelmeer (MmH)", "BURGERFORUM", "Boeren Partij Hazelmeer",
        "Partij met Lef!", "NIEUW SOCIAAL", "DNA Hazelmeer", "Lijst Zonnebloem", "Prominent Hazelmeer",
        "Voltaire Hazelmeer", "Spirit", "Trots op Hazelmeer",
    ],
)  # fmt: skip
def test_name_with_nothing_national_is_maybe(name):
    proposal = by_name(name)

    assert proposal.outcome == "maybe"
    assert why(proposal) == []
    assert not proposal.needs_two


@pytest.mark.parametrize("name", ["", "  ", "Blanco", "Blanco (Zwartjes, A.)", "Blanco (lijst 16)"])
def test_list_without_a_name_is_for_a_person_and_tells_no_other_name(name):
    proposal = by_name(name)

    assert why(proposal) == [("naamloos", "person")]
    assert "Zwartjes" not in repr(proposal)


def test_group_counts_only_while_it_sits():
    assert by_name("Nieuw Sociaal Contract", on=date(2025, 11, 11)).outcome == "no"
    assert by_name("Nieuw Sociaal Contract", on=date(2025, 11, 12)).outcome == "review"
    assert by_name("50PLUS", on=date(2025, 11, 11)).outcome == "maybe"
    assert by_name("50PLUS", on=date(2025, 11, 12)).outcome == "no"


def test_every_name_through_time_counts():
    assert by_name("Dorpsbelang", "VVD Lindewaard").outcome == "no"


def test_known_tie_counts_in_its_area_only():
    assert by_name("Kleurrijk Fryske Marren", area="GM1940").outcome == "review"
    assert by_name("Kleurrijk Fryske Marren").outcome == "maybe"


def test_unknown_area_is_a_reason_and_not_the_end():
    assert why(by_name("Dorpsbelang", area="")) == [("gebied", "person")]
    assert by_name("VVD", area="").outcome == "no"


def test_finding_tells_the_fact_its_source_and_its_date():
    (reason,) = by_name("VVD").reasons

    assert reason.fact == "“VVD” is in de Tweede Kamer de naam van VVD."
    assert reason.source == "Kiesraad, uitslag Tweede Kamer 29 oktober 2025"
    assert reason.date == date(2025, 11, 7)


# --- Everything that is known --------------------------------------------------------------------


def test_all_in_order_is_still_not_a_yes():
    proposal = full("Dorpsbelang", **WHOLE)

    assert proposal.outcome == "maybe"
    assert {one.result for one in proposal.findings} == {"holds"}
    assert {one.rule for one in proposal.findings} == {rule.id for rule in ruleset().rules}


@pytest.mark.parametrize(
    ("missing", "rule"),
    [("stood", "stond-hier"), ("association", "vereniging"), ("declaration", "verklaring")],
)
def test_what_is_missing_is_for_a_person(missing, rule):
    facts = {name: value for name, value in WHOLE.items() if name != missing}

    assert why(full("Dorpsbelang", **facts)) == [(rule, "person")]


def test_registered_name_stands_for_the_list_and_the_association_of_a_new_party():
    registered = Observation("De naam is geregistreerd.", "Centraal stembureau", TODAY)

    proposal = full("Dorpsbelang", registered=registered, declaration=WHOLE["declaration"])
    assert proposal.outcome == "maybe"


@pytest.mark.parametrize(
    ("tie", "outcome", "rule"),
    [
        (Tie("branch", "VVD", "Statuten", TODAY), "no", "band-genoemd"),
        (Tie("federation", "OPNL", "Website", TODAY), "review", "band-genoemd"),
        (Tie("endorsement", "D66", "Website", TODAY), "review", "band-genoemd"),
        (Tie("ally", "BBB", "Website", TODAY), "review", "band-genoemd"),
        (Tie("joint_list", "VVD", "Uitslag", TODAY), "review", "samen-lijst"),
    ],
)
def test_tie_is_weighed(tie, outcome, rule):
    proposal = full("Dorpsbelang", ties=(tie,), **WHOLE)

    assert proposal.outcome == outcome
    assert [one.rule for one in proposal.reasons] == [rule]
    assert proposal.needs_two == (outcome == "no" or rule == "samen-lijst")


@pytest.mark.parametrize(("said", "outcome"), [("cooperation", "review"), ("branch", "no")])
def test_declaration_is_weighed(said, outcome):
    facts = WHOLE | {"declaration": Declaration(said, "Aanmelding", TODAY)}

    assert full("Dorpsbelang", **facts).outcome == outcome


def test_with_or_one_criterion_is_enough():
    assert full("BVNL", **WHOLE).outcome == "review"
    assert full("BVNL", both=False, **WHOLE).outcome == "maybe"
    assert full("VVD", both=False, **WHOLE).outcome == "no"
    assert full("BVNL", both=False).outcome == "review"


def test_looking_again_tells_what_changed():
    before, after = (by_name("50PLUS", on=day) for day in (date(2025, 11, 1), TODAY))

    assert [(one.rule, one.result) for one in changed(before, after)] == [("naam-kamer", "fails")]
    assert changed(after, after) == []
    left = changed(after, before)
    assert [(one.rule, one.result) for one in left] == [("naam-kamer", "holds")]


def test_proposal_can_be_kept():
    kept = by_name("VVD").as_dict()

    assert kept["outcome"] == "no"
    assert kept["ruleset_version"] == ruleset().version
    assert kept["findings"][0]["date"] == "2025-11-07"


# --- The file ------------------------------------------------------------------------------------


def test_every_rule_has_its_check_and_says_what_it_means():
    for rule in ruleset().rules:
        assert all((rule.title, rule.asks, rule.holds, rule.person)), rule.id


def test_every_group_has_a_source_and_dates_in_order():
    for group in (*ruleset().kamer, *ruleset().national):
        assert group.source, group.name
        assert group.aliases, group.name
        assert group.since is None or group.until is None or group.since < group.until


def test_rule_about_an_unknown_criterion_is_an_error():
    text = FILE.read_text("utf-8").replace('criteria = ["steun"]', 'criteria = ["geld"]', 1)

    with pytest.raises(ValueError, match="there is no criterion"):
        read(text)


def test_fifteen_groups_won_seats_in_2025(shared_data):
    """Every list of the official result with a seat is a group that we know by that name."""
    lines = (shared_data / "uitslagen" / "uitslag_TK20251029_Nederland.csv").read_text("utf-8")
    rows = [line.split(";") for line in lines.splitlines()[1:]]
    seated = [row[3] for row in rows if row[5] not in ("", "0")]
    others = [row[3] for row in rows if row[5] in ("", "0")]

    assert len(seated) == 15
    assert [name for name in seated if by_name(name).outcome != "no"] == []
    assert [name for name in others if by_name(name).outcome != "review"] == []
