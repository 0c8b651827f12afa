"""Whether a party may use the services: what the rules say of the facts. Pure: no database.

    proposal = evaluate(Situation(names=("Dorpsbelang",), area="GM0106", on=today, only_names=True))
    proposal.outcome        # "no", "review" or "maybe": never yes, that is a person's

The rules are data, ruleset.toml. A decision keeps `proposal.as_dict()`: the facts it was made with.
"""

from kennispunt.parties.eligibility.rules import changed, evaluate
from kennispunt.parties.eligibility.ruleset import Ruleset, ruleset
from kennispunt.parties.eligibility.situation import (
    Declaration,
    Finding,
    Observation,
    Proposal,
    Situation,
    Tie,
)

__all__ = [
    "Declaration",
    "Finding",
    "Observation",
    "Proposal",
    "Ruleset",
    "Situation",
    "Tie",
    "changed",
    "evaluate",
    "ruleset",
]
