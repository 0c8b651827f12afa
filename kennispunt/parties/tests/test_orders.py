"""Every order in which people apply, are refused, object, and are answered: none is a fault.

Fleur applies and is refused, alone or with Guus. After that everything happens that can happen,
in every order: she objects, she applies again, Guus applies, the desk decides what lies open, and a
third person answers the objection. After each step the books must be right.
"""

from itertools import permutations

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from kennispunt.elections.tests.make import make_result
from kennispunt.mail.models import OutgoingMail
from kennispunt.parties.actions import applying, deciding, objecting, people
from kennispunt.parties.models import Application, Case, Decision, Mandate, Objection, Party
from kennispunt.parties.permissions import decision_for, may_object, may_read_decision
from kennispunt.parties.tests.make import make_area, make_mandate, make_party

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

WORDS = "De naam staat op de lijst van een ander."


class Town:
    """One party and everyone around it. Each step does what can be done, and checks the books."""

    def __init__(self, make_user):
        self.fleur, self.guus = make_user("fleur"), make_user("guus")
        self.petra = make_user("petra", group="Project leaders")
        self.maud = make_user("maud", group="Moderators")
        self.pim = make_user("pim", group="Project leaders")
        area = make_area()
        self.list = make_result(area, Dorpsbelang=3).lists.get()

    def step(self, act) -> bool:
        """Do it; each of whom it tells is mailed once, and nobody else. False: nothing to do."""
        before = OutgoingMail.objects.count()
        told = act()
        if told is None:
            return False
        mailed = [one.to for one in OutgoingMail.objects.order_by("pk")[before:]]
        assert sorted(mailed) == sorted(one.email for one in told)
        self.check()
        return True

    def check(self):
        party = Party.objects.get()
        open_cases = list(Case.objects.open())
        assert len(open_cases) <= 1
        waits = set(Mandate.objects.open().filter(accepted_on=None).values_list("person"))
        sent = set(Application.objects.sent().values_list("person"))
        assert waits == sent, "who waits has sent something, and the other way round"
        assert bool(open_cases) == bool(sent), "who waits has a case, and no case is about nobody"
        for case in open_cases:
            joins = party.status in Party.OPENS
            assert (case.kind == Case.Kind.PERSON) == joins
            assert not case.first_outcome or case.state == Case.State.SECOND
        for one in Application.objects.filter(decision__outcome="decline"):
            assert one.state == Application.State.CLOSED
        accepted = Mandate.objects.open().exclude(accepted_on=None)
        assert accepted.exists() == (party.status in Party.OPENS)
        assert not accepted.exists() or accepted.filter(may_manage=True).count() == 1
        for person in (self.fleur, self.guus):
            decision = decision_for(person, party)
            assert decision is None or may_read_decision(person, decision)

    # --- The steps: who hears of it; None when there is nothing to do ---------------------------

    def apply(self, person):
        if Mandate.objects.open().filter(person=person).exists():
            return None
        draft = applying.begin(person)
        applying.save(
            draft, area=self.list.result.area, kind="list", electoral_list=self.list,
            role="chair", cooperation="none", no_national_seat=True, proof="phone",
        )  # fmt: skip
        applying.send(draft, consent="Ja")
        return {person}

    def open_case(self):
        return Case.objects.open().select_related("party").first()

    def waiting(self):
        found = Mandate.objects.open().filter(accepted_on=None).select_related("person", "party")
        return list(found.order_by("pk"))

    def decide(self, yes):
        """The desk decides what lies open: about the party, or about who asks to join."""
        case, waiting = self.open_case(), self.waiting()
        if case is None:
            return None
        if case.kind == Case.Kind.PERSON:
            for one in waiting:
                if yes:
                    people.accept_request(one, by=self.petra)
                else:
                    people.refuse_request(one, reason=WORDS)
            return {one.person for one in waiting}
        if yes:
            first = waiting[0]
            deciding.decide(case, by=self.petra, outcome="eligible", people=[first.pk])
            return {first.person}
        self.refuse(case)
        return {one.person for one in waiting}

    def refuse(self, case):
        deciding.decide(case, by=self.petra, outcome="decline", reason=WORDS)
        deciding.second(case, by=self.maud, agrees=True)

    def half_decide(self):
        """The desk hands a no to a second person, who did not look yet."""
        case = self.open_case()
        if case is None or case.kind == Case.Kind.PERSON or case.state != Case.State.OPEN:
            return None
        deciding.decide(case, by=self.petra, outcome="decline", reason=WORDS)
        return set()

    def object(self, person):
        decision = decision_for(person, Party.objects.get())
        known = Objection.objects.filter(decision=decision).exists()
        if known or not decision or not may_object(person, decision, localdate()):
            return None
        objecting.object_to(decision, person=person, words="Wij horen bij niemand.")
        return {person}

    def answer(self, is_right):
        """A third person answers the objection that lies there."""
        objection = Objection.objects.filter(answered_at=None).first()
        if objection is None:
            return None
        refused = set(Application.objects.filter(decision=objection.decision))
        anew = {one.person_id for one in Mandate.objects.open()}
        objecting.answer_objection(
            objection, by=self.pim, is_right=is_right, reply="Ik keek ernaar.",
            outcome="eligible" if is_right else "",
        )  # fmt: skip
        told = {objection.person}
        if is_right:
            told |= {one.person for one in refused if one.person_id not in anew}
            assert Party.objects.get().status == Party.Status.ELIGIBLE
            if objection.person_id in {one.person_id for one in refused}:
                assert Mandate.objects.open().filter(person=objection.person).exists()
        return told


DECIDES = {
    "yes": lambda town: town.decide(True),
    "no": lambda town: town.decide(False),
    "half": lambda town: town.half_decide(),
}
STEPS = {
    "guus applies": lambda town, decides, right: town.apply(town.guus),
    "fleur applies again": lambda town, decides, right: town.apply(town.fleur),
    "fleur objects": lambda town, decides, right: town.object(town.fleur),
    "the desk decides": lambda town, decides, right: DECIDES[decides](town),
    "a third answers": lambda town, decides, right: town.answer(right),
}


def every_order(town, how, left=tuple(STEPS), done=()):
    """From here everything that is left, one after the other, in every order. How many steps."""
    count = 0
    for name in left:
        order = (*done, name)
        with transaction.atomic():
            try:
                went = town.step(lambda act=STEPS[name]: act(town, *how))
            except Exception as problem:
                raise AssertionError(" → ".join(order)) from problem
            if went:
                rest = tuple(one for one in left if one != name)
                count += 1 + every_order(town, how, rest, order)
            transaction.set_rollback(True)
    return count


@pytest.mark.parametrize("together", [False, True], ids=["fleur", "fleur-and-guus"])
@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize("decides", DECIDES)
def test_every_order_of_applying_refusing_objecting_and_answering(
    make_user, together, decides, right
):
    town = Town(make_user)
    assert town.step(lambda: town.apply(town.fleur))
    if together:
        assert town.step(lambda: town.apply(town.guus))
    assert town.step(lambda: town.decide(False))

    assert every_order(town, (decides, right)) > 30


def test_both_who_were_refused_hear_that_it_was_wrong_and_the_other_waits_again(make_user, outbox):
    town = Town(make_user)
    for person in (town.fleur, town.guus):
        town.apply(person)
    town.decide(False)
    town.object(town.guus)

    town.step(lambda: town.answer(True))

    assert Mandate.objects.open().get(accepted_on__isnull=False).person == town.guus
    assert Application.objects.sent().get().person == town.fleur
    assert Case.objects.open().get().kind == Case.Kind.PERSON
    assert "Het besluit geldt niet meer" in outbox()[-2].text + outbox()[-1].text


def test_who_was_refused_objects_also_when_another_was_let_in_since(make_user):
    town = Town(make_user)
    town.apply(town.fleur)
    town.decide(False)
    town.apply(town.guus)
    town.decide(True)

    assert town.object(town.fleur) == {town.fleur}
    town.answer(True)

    accepted = Mandate.objects.open().exclude(accepted_on=None)
    assert {one.person for one in accepted} == {town.fleur, town.guus}


LATER = ["a stranger applies", "anna objects", "anna leaves", "bram leaves", "a third answers"]


@pytest.mark.parametrize("right", [True, False])
def test_every_order_after_a_party_with_people_was_refused(make_user, right):
    town = Town(make_user)
    party = make_party("Dorpsbelang")
    anna, bram = make_user("anna"), make_user("bram")
    for person in (anna, bram):
        make_mandate(person, party, manages=True)
    case = Case.objects.create(party=party, kind="election", due=localdate())
    town.refuse(case)
    decision = Decision.objects.get()
    for order in permutations(LATER):
        if order.index("anna objects") > order.index("a third answers"):
            continue
        with transaction.atomic():
            before = OutgoingMail.objects.count()
            told = []
            for name in order:
                if name == "a stranger applies":
                    told += town.apply(town.guus) or []
                elif name == "anna objects" and may_object(anna, decision, localdate()):
                    objecting.object_to(decision, person=anna, words="Wij deden wel mee.")
                    told += [anna]
                elif name.endswith("leaves"):
                    person = anna if name.startswith("anna") else bram
                    people.leave(Mandate.objects.open().get(person=person))
                elif name == "a third answers":
                    others = [one.person for one in party.mandates.managing() if one.person != anna]
                    town.answer(right)
                    told += [anna, *(others if right else [])]
            mailed = [one.to for one in OutgoingMail.objects.order_by("pk")[before:]]
            assert sorted(mailed) == sorted(one.email for one in told), order
            status = Party.objects.get().status
            assert status == ("eligible" if right else "ended"), order
            assert Case.objects.open().count() == 1, order
            transaction.set_rollback(True)
