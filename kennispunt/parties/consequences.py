"""The consequences of an act, in words, before it is sent: what ends, and who hears of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate

from kennispunt.accounts.models import User
from kennispunt.mail.letter import Letter
from kennispunt.mail.letter import write as write_letter
from kennispunt.parties.models import Case, Lineage, Party
from kennispunt.parties.periods import OBJECTION_DAYS
from kennispunt.ui.dutch import counted, listed
from kennispunt.ui.links import full_address


@dataclass(frozen=True)
class No:
    """A no to this party: who is told, and how many speak for it if it ends."""

    party: Party
    told: list[User]
    ends: bool
    speakers: int

    @property
    def words(self) -> str:
        does = f"{self.party.name} wordt niet toegelaten."
        if self.ends:
            does = (
                f"Dit beëindigt {self.party.name}. {people(self.speakers).capitalize()} "
                f"{'spreekt' if self.speakers == 1 else 'spreken'} voor haar, en "
                f"{'kan' if self.speakers == 1 else 'kunnen'} dan geen plek bij een training meer "
                "nemen, niets meer vragen en niet meer stemmen. Het forum lezen kan nog dertig "
                "dagen. Een vaste plek blijft."
            )
        return f"{does} {self.hears}"

    @property
    def hears(self) -> str:
        if not self.told:
            return "Niemand krijgt hierover een mail."
        names = listed(self.told)
        hear, can = ("krijgt", "kan") if len(self.told) == 1 else ("krijgen", "kunnen")
        weeks = OBJECTION_DAYS // 7
        return f"{names} {hear} de reden per mail en {can} {weeks} weken bezwaar maken."

    @property
    def mails(self) -> str:
        return people(len(self.told))


def people(number: int) -> str:
    return counted(number, "persoon", "mensen") if number else "geen mensen"


def of_no(case: Case) -> No:
    """Return what a no in this case would do today."""
    party = case.party
    ends = party.status_on(localdate()) in Party.OPENS
    speakers = party.mandates.open().exclude(accepted_on=None).count() if ends else 0
    return No(party, case.people(), ends, speakers)


@dataclass(frozen=True)
class Letters:
    """A mail that goes when somebody presses on: to how many, and what it says.

    And what becomes free of something: "Asser Kring en Dorpsbelang zijn".
    """

    number: int
    letter: Letter
    freed: str = ""

    @property
    def mails(self) -> str:
        return f"{people(self.number)} {'krijgt' if self.number == 1 else 'krijgen'}"


def last_day(old: Party, on: date) -> date:
    """Return the last day of a party that another follows: the day before that begins."""
    return max(on - timedelta(days=1), old.status_since)


def told_by(kind: str, olds) -> list[User]:
    """Return the people who manage a party that ends by it: each is mailed once."""
    if kind not in Lineage.ENDS:
        return []
    ending = [old for old in olds if old.status in Party.OPENS]
    return list(dict.fromkeys(person for old in ending for person in old.managers()))


def of_going_on(olds, kind: str, on) -> Letters | None:
    """Return the mail when these parties go on as another one; None when nobody gets it."""
    told = told_by(kind, olds)
    if not told:
        return None
    last = max(last_day(old, on) for old in olds)
    return Letters(len(told), letter_of("went_on", last=last, page="parties:apply"))


def of_undoing(one: Lineage) -> Letters:
    """Return what is freed and mailed when this is taken back, with all recorded with it."""
    olds = sorted((row.old for row in one.together()), key=lambda old: old.name)
    told = told_by(one.kind, olds)
    freed = f"{listed(old.name for old in olds)} {'is' if len(olds) == 1 else 'zijn'}"
    return Letters(len(told), letter_of("went_on_not", page="parties:mine"), freed)


def context_of(name: str, *, page: str, **context) -> dict:
    """Return the context of the mail: also for a reader who sees it before it goes."""
    return {"name": name, "address": full_address(page), **context}


def letter_of(name: str, **context) -> Letter:
    """The mail as each of them gets it, but for their name."""
    return write_letter(f"parties/mail/{name}.md", **context_of("…", **context))
