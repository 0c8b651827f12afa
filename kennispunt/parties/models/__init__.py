"""The register of parties, who speaks for them, and what was decided about them."""

from kennispunt.parties.models.cases import Application, Case, Decision, Objection, ProofCode
from kennispunt.parties.models.party import (
    Lineage,
    Party,
    PartyArea,
    PartyName,
    RegisterChange,
)
from kennispunt.parties.models.people import Consent, Evidence, Invitation, Mandate

__all__ = [
    "Application",
    "Case",
    "Consent",
    "Decision",
    "Evidence",
    "Invitation",
    "Lineage",
    "Mandate",
    "Objection",
    "Party",
    "PartyArea",
    "PartyName",
    "ProofCode",
    "RegisterChange",
]
