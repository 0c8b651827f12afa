"""The words with which people say yes. Kept with every yes, so that a change shows."""

APPLY = (
    "Ja, jullie mogen bewaren dat ik voor deze partij spreek, en in welke rol. "
    "Ik weet dat dit iets zegt over mijn politieke voorkeur."
)

JOIN = (
    "Ja, jullie mogen bewaren dat ik voor deze partij spreek, en in welke rol. "
    "Ik weet dat dit iets zegt over mijn politieke voorkeur, en dat mijn collega’s van de partij "
    "mijn naam en rol zien."
)
