"""What a no does, in words, before it is sent: what ends, and who hears of it."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from kennispunt.accounts.models import User
from kennispunt.parties.actions import deciding
from kennispunt.parties.models import Case, Party
from kennispunt.parties.periods import OBJECTION_DAYS


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
        names = " en ".join(
            part for part in (", ".join(map(str, self.told[:-1])), str(self.told[-1])) if part
        )
        hear, can = ("krijgt", "kan") if len(self.told) == 1 else ("krijgen", "kunnen")
        weeks = OBJECTION_DAYS // 7
        return f"{names} {hear} de reden per mail en {can} {weeks} weken bezwaar maken."

    @property
    def mails(self) -> str:
        return people(len(self.told))


def people(number: int) -> str:
    return "1 persoon" if number == 1 else f"{number or 'geen'} mensen"


def of_no(case: Case) -> No:
    """What a no in this case would do today."""
    party = case.party
    ends = party.status_on(localdate()) in Party.OPENS
    speakers = party.mandates.open().exclude(accepted_on=None).count() if ends else 0
    return No(party, deciding.people_of(case), ends, speakers)
