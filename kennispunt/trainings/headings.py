"""The heading of the page of one place: of your own, or of a colleague's by name."""

from kennispunt.trainings.models import Edition, Registration

State = Registration.State


def heading(registration: Registration, *, of: str, is_offer: bool, result: str) -> str:
    """Say how it stands with a place. `of`: the colleague's name, `result`: what was just done."""
    if registration.edition.status == Edition.Status.CANCELLED:
        return "Deze training gaat niet door"
    if is_offer:
        return f"Er is een plek vrij voor {of}" if of else "Er is een plek vrij"
    place = "voorlopige plek" if registration.is_provisional else "plek"
    said = {
        State.PLACED: f"{of} heeft een {place}" if of else f"Je hebt een {place}",
        State.OFFERED: "Er is een nieuwer aanbod",
        State.WAITING: f"{of or 'Je'} staat op de wachtlijst",
        State.CANCELLED: f"{of} is afgemeld" if of else "Je bent afgemeld",
        State.ENDED: f"De plek van {of} is vervallen" if of else "Je plek is vervallen",
    }
    if result == "taken" and not of:
        said[State.PLACED] = "De plek is van jou"
    return said[State(registration.state)]


def trouble(result: str, *, of: str) -> tuple[str, str] | None:
    """Say why it could not be done, and what now; None when it could."""
    said = {
        "gone": (
            "Deze plek is niet meer vrij",
            "Het aanbod is voorbij, of een ander was eerder. Hieronder zie je hoe het nu staat.",
        ),
        "elsewhere": (
            "Je hebt dan al een plek bij een andere training",
            "Meld je daar eerst af. Daarna kun je deze plek nemen, zolang we hem vasthouden.",
        ),
        "too_late": (
            "Afmelden kon niet meer",
            f"{of or 'Je'} was al afgemeld, of de training is begonnen.",
        ),
    }
    if of:
        said["elsewhere"] = (
            "Je collega heeft dan al een plek elders",
            f"Meld {of} daar eerst af. Daarna kan deze plek, zolang we hem vasthouden.",
        )
    return said.get(result)
