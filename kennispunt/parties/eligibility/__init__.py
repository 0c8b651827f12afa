"""Whether a party may use the services: what the rules say of the facts. Pure: no database.

    proposal = evaluate(Case(names=("Dorpsbelang",), area="GM0106", on=today, only_names=True))
    proposal.outcome        # "no", "review" or "maybe": never yes, that is a person's

The rules are data, ruleset.toml. A decision keeps `proposal.as_dict()`: the facts it was made with.
"""

from kennispunt.parties.eligibility.case import Case, Declaration, Evidence, Finding, Proposal, Tie
from kennispunt.parties.eligibility.rules import changed, evaluate
from kennispunt.parties.eligibility.ruleset import Ruleset, ruleset

__all__ = [
    "Case",
    "Declaration",
    "Evidence",
    "Finding",
    "Proposal",
    "Ruleset",
    "Tie",
    "changed",
    "evaluate",
    "ruleset",
]
