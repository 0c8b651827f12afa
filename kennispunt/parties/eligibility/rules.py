"""The rules: each looks at a situation and says what it found."""

from collections.abc import Iterator
from itertools import chain

from kennispunt.elections.names import blank_list
from kennispunt.parties.eligibility.matching import Reading, read_name
from kennispunt.parties.eligibility.ruleset import Ruleset, ruleset
from kennispunt.parties.eligibility.situation import (
    FAILS,
    HOLDS,
    MAYBE,
    NO,
    PERSON,
    REVIEW,
    Finding,
    Observation,
    Proposal,
    Situation,
    Tie,
)
from kennispunt.ui.dutch import listed

OURS = "Onze regels"
BADNESS = {HOLDS: 0, PERSON: 1, FAILS: 2}
OUTCOMES = {HOLDS: MAYBE, PERSON: REVIEW, FAILS: NO}
TIES = {
    "branch": "afdeling van {}",
    "joint_list": "samen op een lijst met {}",
    "federation": "federatie met {}",
    "endorsement": "steun van {}",
    "ally": "bondgenoot van {}",
}


def evaluate(situation: Situation, *, both: bool = True, rules: Ruleset | None = None) -> Proposal:
    """Put a party before the rules. `both`: it has to meet both criteria, not just one of them."""
    rules = rules or ruleset()
    findings = tuple(
        chain.from_iterable(
            CHECKS[rule.id](situation, rules)
            for rule in rules.rules
            if rule.names or not situation.only_names
        )
    )
    return Proposal(outcome(findings, rules, both), findings, rules.version)


def outcome(findings, rules: Ruleset, both: bool) -> str:
    """The worst of everything; with `both` off, of the two criteria only the best one counts."""

    def worst(found):
        return max((one.result for one in found), key=BADNESS.get, default=HOLDS)

    about = {rule.id: rule.criteria for rule in rules.rules}
    general = worst(one for one in findings if not about[one.rule])
    criteria = [
        worst(one for one in findings if criterion.id in about[one.rule])
        for criterion in rules.criteria
    ]
    of_criteria = (max if both else min)(criteria, key=BADNESS.get)
    return OUTCOMES[max(general, of_criteria, key=BADNESS.get)]


def changed(before: Proposal, after: Proposal) -> list[Finding]:
    """Return what the rules say now and did not say then: why a party is looked at again."""
    known = {(one.rule, one.result, one.fact) for one in before.findings}
    return [
        one
        for one in after.findings
        if (one.rule, one.result, one.fact) not in known
        and (one.result != HOLDS or any(old.rule == one.rule for old in before.reasons))
    ]


# --- Names ---------------------------------------------------------------------------------------


def named(situation: Situation) -> list[str]:
    names = dict.fromkeys(situation.names)
    return [name for name in names if name.strip() and not blank_list(name)[0]]


def nameless(situation, rules) -> Iterator[Finding]:
    if len(named(situation)) == len(set(situation.names)):
        yield Finding("naamloos", HOLDS, "Elke lijst had een naam.", OURS, rules.date)
    else:
        yield Finding("naamloos", PERSON, "Een lijst had geen naam.", OURS, rules.date)


def known_area(situation, rules) -> Iterator[Finding]:
    if situation.went_over:
        yield from (seen("gebied", one) for one in situation.went_over)
    elif situation.area:
        yield Finding("gebied", HOLDS, "Het gebied staat in onze lijst.", OURS, rules.date)
    else:
        yield Finding("gebied", PERSON, "Dit gebied kennen we niet.", OURS, rules.date)


def in_kamer(situation, rules) -> Iterator[Finding]:
    found = False
    for name in named(situation):
        reading = read_name(name, rules.kamer, situation.on, situation.area_names)
        if reading.hits:
            found = True
            yield of_kamer(reading)
    if not found:
        fact = f"Geen naam van een fractie in de Tweede Kamer op {situation.on:%d-%m-%Y}."
        yield Finding("naam-kamer", HOLDS, fact, OURS, rules.date)


def of_kamer(reading: Reading) -> Finding:
    groups = list(dict.fromkeys(hit.group for hit in reading.hits))
    whose = listed(group.name for group in groups)
    is_certain = all(hit.is_certain for hit in reading.hits) and not reading.rest
    if is_certain:
        fact = f"“{reading.name}” is in de Tweede Kamer de naam van {whose}."
    else:
        fact = f"In “{reading.name}” staat een naam van {whose}, en het kan ook iets anders zijn."
    latest = max(groups, key=lambda group: group.source_date)
    return Finding(
        "naam-kamer", FAILS if is_certain else PERSON, fact, latest.source, latest.source_date
    )


def is_national(situation, rules) -> Iterator[Finding]:
    found = False
    for name in named(situation):
        reading = read_name(name, rules.national, situation.on, situation.area_names)
        for group in dict.fromkeys(hit.group for hit in reading.hits):
            found = True
            fact = f"In “{name}” staat een naam van {group.name}, een partij zonder zetel."
            yield Finding("naam-landelijk", PERSON, fact, group.source, group.source_date)
    if not found:
        fact = "Geen naam van een landelijke partij zonder zetel."
        yield Finding("naam-landelijk", HOLDS, fact, OURS, rules.date)


def has_words(situation, rules) -> Iterator[Finding]:
    found = False
    for name in named(situation):
        reading = read_name(name, rules.kamer, situation.on, situation.area_names)
        covered = set(chain.from_iterable(hit.words for hit in reading.hits))
        tokens = [token for token in reading.tokens if token not in covered]
        for word in rules.words:
            for token in dict.fromkeys(word.found_in(tokens)):
                found = True
                fact = f"In “{name}” staat het woord {token}. {word.why}"
                yield Finding("woorden", word.result, fact, OURS, rules.date)
    if not found:
        yield Finding("woorden", HOLDS, "Geen woord waarover we vragen hebben.", OURS, rules.date)


def has_known_tie(situation, rules) -> Iterator[Finding]:
    found = False
    for name in named(situation):
        for tie in rules.relations:
            if any(tie.is_of(name, area) for area in {situation.area, *situation.kin}):
                found = True
                fact = f"{tie.party}: {tie.kind}, {tie.other}."
                yield Finding("band-bekend", PERSON, fact, tie.source, tie.source_date)
    if not found:
        fact = "In onze lijst staat geen band van een partij met deze naam hier."
        yield Finding("band-bekend", HOLDS, fact, OURS, rules.date)


# --- What the party did and says -----------------------------------------------------------------


def seen(rule: str, observation: Observation) -> Finding:
    return Finding(rule, HOLDS, observation.what, observation.source, observation.date)


def stood_here(situation, rules) -> Iterator[Finding]:
    if situation.stood:
        yield seen("stond-hier", max(situation.stood, key=lambda one: one.date))
    elif situation.registered:
        yield seen("stond-hier", situation.registered)
    else:
        fact = "Geen lijst in een uitslag van dit gebied, en geen geregistreerde naam."
        yield Finding("stond-hier", PERSON, fact, OURS, situation.on)


def stood_together(situation, rules) -> Iterator[Finding]:
    yield from tied(situation, "samen-lijst", {"joint_list"}, "Geen gezamenlijke lijst vastgelegd.")


def has_tie(situation, rules) -> Iterator[Finding]:
    kinds = TIES.keys() - {"joint_list"}
    yield from tied(situation, "band-genoemd", kinds, "Geen band vastgelegd.")


def tied(situation, rule, kinds, none) -> Iterator[Finding]:
    ties = [tie for tie in situation.ties if tie.kind in kinds]
    if not ties:
        yield Finding(rule, HOLDS, none, OURS, situation.on)
    for tie in ties:
        yield Finding(rule, tie_result(tie), f"De partij is {as_words(tie)}.", tie.source, tie.date)


def tie_result(tie: Tie) -> str:
    return FAILS if tie.kind == "branch" else PERSON


def as_words(tie: Tie) -> str:
    return TIES[tie.kind].format(tie.other)


def is_association(situation, rules) -> Iterator[Finding]:
    if evidence := situation.association or situation.registered:
        yield seen("vereniging", evidence)
    else:
        yield Finding(
            "vereniging", PERSON, "Nog niet gezien dat dit een vereniging is.", OURS, situation.on
        )


def has_declared(situation, rules) -> Iterator[Finding]:
    said = situation.declaration
    if said is None:
        yield Finding("verklaring", PERSON, "De partij verklaarde nog niets.", OURS, situation.on)
        return
    result, fact = {
        "none": (HOLDS, "De partij verklaart: geen zetel en geen landelijke steun."),
        "cooperation": (PERSON, "De partij verklaart dat er samenwerking is."),
        "branch": (FAILS, "De partij verklaart dat zij een afdeling is."),
    }[said.tie]
    yield Finding("verklaring", result, fact, said.source, said.date)


CHECKS = {
    "naam-kamer": in_kamer,
    "naam-landelijk": is_national,
    "woorden": has_words,
    "band-bekend": has_known_tie,
    "naamloos": nameless,
    "gebied": known_area,
    "stond-hier": stood_here,
    "samen-lijst": stood_together,
    "band-genoemd": has_tie,
    "vereniging": is_association,
    "verklaring": has_declared,
}
