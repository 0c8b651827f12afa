"""Two people apply for one party: what each was asked, answered and objected is theirs alone."""

from datetime import timedelta
from importlib import import_module
from itertools import permutations

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.elections.tests.make import make_result
from kennispunt.mail.send import send as send_mail
from kennispunt.office.models import Lookup
from kennispunt.parties import desk as work
from kennispunt.parties import mine
from kennispunt.parties.actions import applying, asking, deciding, objecting, people
from kennispunt.parties.models import Application, Case, Decision, Mandate, Objection, Party
from kennispunt.parties.tests.make import apply, make_area, make_mandate
from kennispunt.ui.rows import TooLate
from tests.meanwhile import meanwhile

pytestmark = pytest.mark.django_db

LIST = "Dorpsbelang Lindewaard"
QUESTION, ANSWER = "Ken je Guus van de kerk?", "Ja, uit de Kerkstraat."
PAGE = "/mijn/aanmelding/"
handing_over = import_module(
    "kennispunt.parties.migrations.0013_questions_go_to_whom_they_were_asked"
)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def both(make_user):
    """Fleur applied, and Guus for the same party."""
    make_result(make_area("GM0106"), **{LIST: 3})
    fleur, guus = make_user("fleur"), make_user("guus")
    for one in (fleur, guus):
        apply(signed_in(one), list_name=LIST, wie={"name": one.name})
    return fleur, guus


@pytest.fixture
def desk(petra):
    return signed_in(petra)


def case_now() -> Case:
    return Case.objects.select_related("party").get()


def of(person) -> Application:
    return Application.objects.select_related("party", "person").get(person=person)


def ask(desk, *persons, question=QUESTION):
    typed = {"vraag-question": question, "vraag-of": [of(one).pk for one in persons]}
    return desk.post(f"/balie/partijen/{case_now().pk}/vraag/", typed)


def refuse(petra, maud):
    deciding.decide(case_now(), by=petra, outcome="decline", reason="Dit is een afdeling.")
    deciding.second(case_now(), by=maud, agrees=True)
    return Decision.objects.get()


def waits_at_desk(user) -> list[str]:
    return [one.note for one in work.of_parties(user)[:99] if one.title.startswith("Aanmelding")]


# --- What each was asked --------------------------------------------------------------------------


def test_who_was_not_asked_reads_and_answers_nothing(both, desk, outbox):
    fleur, guus = both
    before = len(outbox())

    ask(desk, fleur)

    assert [one.to for one in outbox()[before:]] == [fleur.email]
    assert QUESTION in signed_in(fleur).get(PAGE).text
    page = signed_in(guus).get(PAGE).text
    assert QUESTION not in page and "We hebben nog een vraag" not in page
    assert "We hebben nog een vraag" not in signed_in(guus).get("/mijn/").text
    signed_in(guus).post(PAGE, {"answer": "Nee hoor."})
    assert of(fleur).answer == of(guus).answer == ""
    assert QUESTION in signed_in(fleur).get(PAGE).text


@pytest.mark.parametrize("first", [0, 1])
def test_both_are_asked_and_each_answers_for_oneself(both, desk, petra, first):
    one, other = both[first], both[1 - first]
    ask(desk, *both)
    assert waits_at_desk(petra) == []

    signed_in(one).post(PAGE, {"answer": ANSWER})

    assert (of(one).answer, of(other).answer) == (ANSWER, "")
    assert waits_at_desk(petra) == ["antwoord binnen, aan iemand is iets gevraagd"]
    page = signed_in(other).get(PAGE).text
    assert QUESTION in page and ANSWER not in page
    signed_in(other).post(PAGE, {"answer": "Dat gaat je niets aan."})
    assert (of(one).answer, of(other).answer) == (ANSWER, "Dat gaat je niets aan.")
    assert ANSWER not in signed_in(other).get(PAGE).text


def test_the_desk_chooses_whom_it_asks_when_more_applied(both, desk, outbox):
    before = len(outbox())

    answer = desk.post(
        f"/balie/partijen/{case_now().pk}/vraag/", {"vraag-question": QUESTION}, follow=True
    )

    assert "Kruis aan aan wie je het vraagt." in answer.text
    assert len(outbox()) == before and not Application.objects.asked().exists()


def test_a_question_reaches_nobody_who_did_not_stand_on_the_screen(both, desk, outbox):
    """Guus was ticked and took back what he sent, with the page of the desk still open."""
    fleur, guus = both
    typed = {"vraag-question": QUESTION, "vraag-of": [of(guus).pk]}
    address = f"/balie/partijen/{case_now().pk}/vraag/"
    applying.withdraw(of(guus))
    before = len(outbox())

    answer = desk.post(address, typed, follow=True)

    assert "Kijk opnieuw." in answer.text
    assert len(outbox()) == before and not Application.objects.asked().exists()
    again = desk.get(f"/balie/partijen/{case_now().pk}/").context["question"]
    assert again["of"].is_hidden and again["of"].value() == [of(fleur).pk]


def test_who_comes_in_the_place_of_another_is_not_asked_what_was_meant_for_them(
    make_user, desk, outbox
):
    make_result(make_area("GM0106"), **{LIST: 3})
    fleur, guus = make_user("fleur"), make_user("guus")
    apply(signed_in(fleur), list_name=LIST, wie={"name": "Fleur"})
    shown = desk.get(f"/balie/partijen/{case_now().pk}/").context["question"]
    typed = {"vraag-question": QUESTION, "vraag-of": shown["of"].value()}
    apply(signed_in(guus), list_name=LIST, wie={"name": "Guus"})
    applying.withdraw(of(fleur))
    before = len(outbox())

    desk.post(f"/balie/partijen/{case_now().pk}/vraag/", typed)

    assert len(outbox()) == before and not of(guus).question


def test_the_desk_reads_who_was_asked_what_and_who_answered(both, desk, petra):
    fleur, guus = both
    ask(desk, fleur)
    ask(desk, guus, question="Wie is Fleur?")
    signed_in(fleur).post(PAGE, {"answer": ANSWER})

    page = desk.get(f"/balie/partijen/{case_now().pk}/").text

    hers, his = page.index("Aanmelding van Fleur"), page.index("Aanmelding van Guus")
    assert hers < page.index(QUESTION) < page.index(ANSWER) < his < page.index("Wie is Fleur?")
    assert "Het antwoord komt uiterlijk" in page[his:]


def test_a_closed_case_says_of_whom_each_answer_and_objection_is(both, desk, petra, maud):
    fleur, guus = both
    ask(desk, fleur)
    signed_in(fleur).post(PAGE, {"answer": ANSWER})
    decision = refuse(petra, maud)
    objecting.object_to(decision, person=guus, words="Ik hoor bij niemand.")
    Lookup.objects.all().delete()

    page = desk.get(f"/balie/partijen/{decision.case_id}/").text

    assert "Onze vraag aan Fleur en het antwoord" in page and ANSWER in page
    assert "Bezwaar van Guus" in page
    assert set(Lookup.objects.values_list("person", flat=True)) == {fleur.pk, guus.pk}


def test_a_question_for_what_was_sent_before_is_not_overlooked(both, desk):
    fleur, _ = both
    ask(desk, fleur)
    apply(signed_in(fleur), which="other", party_name="Lokaal Hazelmeer")

    assert QUESTION in signed_in(fleur).get(PAGE).text
    signed_in(fleur).post(PAGE, {"answer": ANSWER})

    assert Application.objects.get(answer=ANSWER).list_name == LIST


def test_an_answer_belongs_to_the_question_on_the_screen(both, desk, petra):
    """Pressed twice it does not answer what we asked about something else that they sent."""
    fleur, _ = both
    apply(signed_in(fleur), which="other", party_name="Lokaal Hazelmeer")
    for case in Case.objects.all():
        sent = case.party.applications.filter(person=fleur)
        asking.ask(case, by=petra, question=f"Wie is {case.party}?", of=[sent.get().pk])
    client = signed_in(fleur)
    typed = {"answer": ANSWER, "about": client.get(PAGE).context["application"].pk}

    answers = [client.post(PAGE, typed, follow=True) for _ in range(2)]

    assert [one.pk for one in Application.objects.filter(answer=ANSWER)] == [typed["about"]]
    assert Application.objects.asked().exists()
    assert "Deze vraag staat niet meer open." in answers[1].text


def test_nobody_answers_by_the_number_of_what_another_sent(both, desk):
    fleur, guus = both
    ask(desk, fleur)

    for number in (of(fleur).pk, "", "x", "9" * 30):
        answer = signed_in(guus).post(PAGE, {"answer": "Nee hoor.", "about": number})
        assert answer.status_code == 404

    assert of(fleur).answer == of(guus).answer == ""


# --- Whose day ------------------------------------------------------------------------------------


def test_one_was_asked_and_the_other_still_has_an_answer_in_time(both, desk, petra):
    fleur, guus = both
    promised = case_now().due

    ask(desk, fleur)

    assert waits_at_desk(petra) == ["aan iemand is iets gevraagd"]
    assert case_now().due == promised == of(guus).answer_due()


def test_an_answer_of_one_moves_no_day_of_the_other(both, desk, petra):
    """Fleur answers days after they applied: what was promised to Guus still comes first."""
    fleur, guus = both
    ask(desk, fleur)
    Application.objects.update(sent_at=timezone.now() - timedelta(days=12))
    Case.objects.update(due=of(guus).answer_due())
    promised = case_now().due

    signed_in(fleur).post(PAGE, {"answer": ANSWER})

    assert of(fleur).answer_due() > promised
    assert case_now().due == of(guus).answer_due() == promised


def test_who_did_not_answer_in_time_waits_at_the_desk_and_can_be_asked_again(
    both, desk, petra, outbox
):
    fleur, guus = both
    ask(desk, *both)
    Application.objects.of(guus).update(asked_until=localdate() - timedelta(days=1))

    assert waits_at_desk(petra) == ["geen antwoord gekregen, aan iemand is iets gevraagd"]
    before = len(outbox())
    ask(desk, guus, question="Guus, ben je er nog?")

    assert [one.to for one in outbox()[before:]] == [guus.email]
    assert (of(fleur).question, of(guus).question) == (QUESTION, "Guus, ben je er nog?")


def test_who_withdraws_takes_the_question_along(both, desk, petra):
    fleur, guus = both
    ask(desk, *both)
    signed_in(guus).post(PAGE, {"answer": ANSWER})

    applying.withdraw(of(fleur))

    assert waits_at_desk(petra) == ["antwoord binnen"]
    with pytest.raises(TooLate):
        asking.answer(of(fleur), words="Toch nog iets.")


# --- Decided --------------------------------------------------------------------------------------


def test_the_other_still_answers_when_one_was_let_in(both, desk, petra):
    fleur, guus = both
    ask(desk, guus)
    mandate = Mandate.objects.get(person=fleur)
    deciding.decide(case_now(), by=petra, outcome="eligible", people=[mandate.pk])

    assert QUESTION in signed_in(guus).get(PAGE).text
    signed_in(guus).post(PAGE, {"answer": ANSWER})

    asks = Mandate.objects.get(person=guus)
    page = desk.get(f"/balie/partijen/persoon/{asks.pk}/").text
    assert QUESTION in page and ANSWER in page
    assert of(fleur).state == "closed" and of(fleur).answer == ""


def test_a_no_to_both_ends_what_was_asked(both, desk, petra, maud):
    ask(desk, *both)
    refuse(petra, maud)

    for one in both:
        assert QUESTION not in signed_in(one).get(PAGE).text
        with pytest.raises(TooLate):
            asking.answer(of(one), words=ANSWER)


def test_the_second_reads_an_answer_that_came_in_meanwhile(both, desk, petra, maud):
    ask(desk, *both)
    deciding.decide(case_now(), by=petra, outcome="decline", reason="Dit is een afdeling.")
    client = signed_in(maud)
    address = f"/balie/partijen/{case_now().pk}/"
    seen = client.get(address).context["seen"]
    signed_in(both[0]).post(PAGE, {"answer": ANSWER})

    client.post(f"{address}tweede/", {"agree": "1", "seen": seen})

    assert not Decision.objects.exists()
    assert ANSWER in client.get(address).text


def test_that_colleagues_do_not_know_one_says_nothing_of_the_other(both, desk, petra, make_user):
    fleur, guus = both
    jip = make_user("jip")
    make_mandate(jip, Party.objects.get(), manages=True)
    Party.objects.update(status="eligible")
    Case.objects.update(kind="person")
    mandates = {one: Mandate.objects.get(person=one) for one in both}

    people.leave_to_desk(mandates[fleur])

    words = "kennen deze persoon niet"
    assert words in desk.get(f"/balie/partijen/persoon/{mandates[fleur].pk}/").text
    assert words not in desk.get(f"/balie/partijen/persoon/{mandates[guus].pk}/").text


# --- Objecting ------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("is_right", [True, False])
def test_an_answer_to_one_objection_leaves_the_other(
    both, petra, maud, make_user, outbox, first, is_right
):
    one, other = both[first], both[1 - first]
    decision = refuse(petra, maud)
    for person in both:
        page = signed_in(person).get(f"/mijn/bezwaar/{decision.pk}/").text
        assert "Iemand anders" not in page and 'name="words"' in page
        signed_in(person).post(f"/mijn/bezwaar/{decision.pk}/", {"words": f"Van {person.name}."})
    assert Objection.objects.count() == 2
    pim = signed_in(make_user("pim", group="Moderators"))
    hers = Objection.objects.get(person=one)
    page = pim.get(f"/balie/partijen/bezwaar/{hers.pk}/").text
    assert f"Bezwaar van {one.name}" in page and f"Van {other.name}." not in page
    before = len(outbox())
    typed = {"reply": f"Beste {one.name}.", "is_right": "yes" if is_right else "no",
             "outcome": "eligible" if is_right else ""}  # fmt: skip

    pim.post(f"/balie/partijen/bezwaar/{hers.pk}/", typed)

    assert Objection.objects.get(answered_at=None).person == other
    mailed = [mail.to for mail in outbox()[before:]]
    assert sorted(mailed) == sorted([one.email] + [other.email] * is_right)
    assert f"Beste {one.name}." in signed_in(one).get(f"/mijn/bezwaar/{decision.pk}/").text
    page = signed_in(other).get(f"/mijn/bezwaar/{decision.pk}/").text
    assert "Je bezwaar is binnen" in page and "Beste" not in page
    assert "Je hoort van ons uiterlijk" in signed_in(other).get(PAGE).text or not is_right


RIGHT = {"is_right": True, "outcome": "eligible"}


def test_both_are_right_and_each_is_let_in_and_hears_it_once(both, petra, maud, make_user, outbox):
    pim = make_user("pim", group="Moderators")
    decision = refuse(petra, maud)
    hers, his = [objecting.object_to(decision, person=one, words="Nee.") for one in both]
    objecting.answer_objection(hers, by=pim, reply="Klopt.", **RIGHT)
    assert of(both[1]).state == "sent"
    assert of(both[1]).answer_due() >= localdate()
    before = len(outbox())

    objecting.answer_objection(his, by=pim, reply="Ook jij.", **RIGHT)

    assert [mail.to for mail in outbox()[before:]] == [both[1].email]
    accepted = Mandate.objects.open().exclude(accepted_on=None)
    assert {one.person for one in accepted} == set(both)
    assert accepted.filter(may_manage=True).get().person == both[0]
    assert not Case.objects.open().exists()


def test_who_is_not_right_does_not_read_that_the_decision_stays_when_it_was_changed(
    both, petra, maud, make_user, outbox
):
    pim = make_user("pim", group="Moderators")
    decision = refuse(petra, maud)
    hers, his = [objecting.object_to(decision, person=one, words="Nee.") for one in both]
    objecting.answer_objection(hers, by=pim, reply="Klopt.", **RIGHT)

    objecting.answer_objection(his, by=pim, reply="Dit klopt niet.", is_right=False)

    assert "houden het besluit" not in outbox()[-1].text
    assert "al veranderd" in outbox()[-1].text
    page = signed_in(both[1]).get(f"/mijn/bezwaar/{decision.pk}/").text
    assert "al veranderd" in page and "Dit klopt niet." in page
    assert of(both[1]).state == "sent"  # whether he speaks for it is looked at still


def test_who_objected_reads_the_answer_after_the_term_and_twice_is_one(both, petra, maud):
    decision = refuse(petra, maud)
    address = f"/mijn/bezwaar/{decision.pk}/"
    client = signed_in(both[0])
    for words in ("Wij deden mee.", "Nog eens."):
        client.post(address, {"words": words})
    Decision.objects.update(decided_at=timezone.now() - timedelta(days=60))

    assert Objection.objects.get().words == "Wij deden mee."
    assert "Je bezwaar is binnen" in client.get(address).text
    assert signed_in(both[1]).get(address).status_code == 403


STEPS = {
    "ask": lambda town, who: asking.ask(
        case_now(), by=town["petra"], question=QUESTION, of=[of(who).pk]
    ),
    "answer": lambda town, who: asking.answer(of(who), words=f"Van {who.name}."),
    "refuse": lambda town, who: refuse(town["petra"], town["maud"]),
    "object": lambda town, who: objecting.object_to(
        Decision.objects.get(), person=who, words=f"Van {who.name}."
    ),
    "settle": lambda town, who: objecting.answer_objection(
        Objection.objects.get(person=who), by=town["pim"], is_right=False, reply=f"Aan {who.name}."
    ),
}
BEFORE = [("ask", 0), ("ask", 1), ("answer", 0), ("answer", 1)]
AFTER = [("object", 0), ("object", 1), ("settle", 0), ("settle", 1)]


def orders(steps):
    """Each order in which what one does to one person comes after what it needs."""
    for order in permutations(steps):
        if all(order.index((steps[0][0], who)) < order.index((steps[2][0], who)) for who in (0, 1)):
            yield order


def test_in_every_order_what_is_of_one_stays_of_one(both, petra, maud, make_user):
    town = {"petra": petra, "maud": maud, "pim": make_user("pim", group="Moderators")}

    def check(field, done, of_whom):
        for who, person in enumerate(both):
            has = (field, who) in done
            assert bool(of_whom(person)) is has, (done, field, who)

    for order in orders(BEFORE):
        with transaction.atomic():
            for step, who in order:
                STEPS[step](town, both[who])
                done = order[: order.index((step, who)) + 1]
                check("ask", done, lambda person: of(person).question)
                check("answer", done, lambda person: of(person).answer == f"Van {person.name}.")
            transaction.set_rollback(True)
    refuse(petra, maud)
    for order in orders(AFTER):
        with transaction.atomic():
            for step, who in order:
                STEPS[step](town, both[who])
                done = order[: order.index((step, who)) + 1]
                check("object", done, lambda person: Objection.objects.filter(person=person))
                check(
                    "settle", done,
                    lambda person: Objection.objects.filter(
                        person=person, reply=f"Aan {person.name}."
                    ),
                )  # fmt: skip
            transaction.set_rollback(True)


# --- Taken along, and forgotten -------------------------------------------------------------------


def test_one_takes_along_and_has_forgotten_what_was_asked_of_oneself(both, desk):
    fleur, guus = both
    ask(desk, *both)
    signed_in(fleur).post(PAGE, {"answer": ANSWER})
    assert QUESTION in str(mine.export(fleur)) and ANSWER in str(mine.export(fleur))
    assert QUESTION in str(mine.export(guus)) and ANSWER not in str(mine.export(guus))

    people.forget(fleur)

    assert not Application.objects.of(fleur).exists()
    assert of(guus).question == QUESTION
    signed_in(guus).post(PAGE, {"answer": "Ik ben er nog."})
    assert of(guus).answer == "Ik ben er nog."


# --- At once --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_answer_at_once_and_both_answers_are_there(both, petra):
    asking.ask(case_now(), by=petra, question=QUESTION)
    fleur, guus = [of(one) for one in both]

    meanwhile(
        lambda: asking.answer(fleur, words="Van Fleur."),
        lambda: asking.answer(guus, words="Van Guus."),
    )

    assert [of(one).answer for one in both] == ["Van Fleur.", "Van Guus."]


@pytest.mark.django_db(transaction=True)
def test_two_ask_one_person_at_once_and_one_is_told_so(both, petra, make_user, outbox):
    pim = make_user("pim", group="Project leaders")
    case, fleur = case_now(), of(both[0])
    before = len(outbox())

    def too_late():
        with pytest.raises(TooLate):
            asking.ask(case, by=pim, question="Iets anders?", of=[fleur.pk])

    meanwhile(lambda: asking.ask(case, by=petra, question=QUESTION, of=[fleur.pk]), too_late)

    assert of(both[0]).question == QUESTION
    assert len(outbox()) == before + 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_while_the_other_is_let_in_is_kept(both, petra):
    asking.ask(case_now(), by=petra, question=QUESTION)
    guus, mandate = of(both[1]), Mandate.objects.get(person=both[0])
    case = case_now()

    meanwhile(
        lambda: deciding.decide(case, by=petra, outcome="eligible", people=[mandate.pk]),
        lambda: asking.answer(guus, words=ANSWER),
    )

    assert (of(both[1]).answer, of(both[1]).state) == (ANSWER, "sent")


@pytest.mark.django_db(transaction=True)
def test_two_object_at_once_and_both_are_heard(both, petra, maud):
    decision = refuse(petra, maud)

    meanwhile(
        *[
            lambda one=one: objecting.object_to(decision, person=one, words=f"Van {one.name}.")
            for one in both
        ]
    )

    assert {one.person for one in decision.objections.all()} == set(both)


# --- What was asked before ------------------------------------------------------------------------


def asked_before(petra, **fields):
    case = case_now()
    case.keep(**({"question": QUESTION, "asked_by": petra} | fields))
    return case


def test_an_open_question_goes_to_each_to_whom_it_was_mailed(both, petra):
    _, guus = both
    send_mail(
        "parties/mail/question.md", to=guus.email, purpose="parties.question", name="",
        question=QUESTION, why="", day=localdate(), address="https://kennispunt.example/",
    )  # fmt: skip
    until = localdate() + timedelta(days=14)
    asked_before(petra, state="asked", asked_until=until)

    handing_over.hand_over(apps, None)

    assert Application.objects.asked().get() == of(guus)
    assert (of(guus).question, of(guus).asked_until, of(guus).asked_by) == (QUESTION, until, petra)
    assert (case_now().state, case_now().question, case_now().asked_by) == ("open", "", None)


def test_an_open_question_of_which_no_mail_is_kept_goes_to_who_applied_first(both, petra):
    asked_before(petra, state="asked", asked_until=localdate())

    handing_over.hand_over(apps, None)

    assert Application.objects.asked().get() == of(both[0])


def test_an_answer_goes_to_who_gave_it(both, petra):
    due = localdate() + timedelta(days=30)
    asked_before(petra, answer=ANSWER, answered_by=both[1], due=due)

    handing_over.hand_over(apps, None)

    assert (of(both[0]).answer, of(both[1]).answer) == ("", ANSWER)
    assert of(both[1]).answer_due() == due
    assert (case_now().answer, case_now().answered_by) == ("", None)


def test_what_was_asked_of_a_party_that_we_know_stays_with_it(both, petra, make_user):
    make_mandate(make_user("jip"), Party.objects.get(), manages=True)
    asked_before(petra, state="asked", kind="register")

    handing_over.hand_over(apps, None)

    assert (case_now().state, case_now().question) == ("asked", QUESTION)
    assert not Application.objects.asked().exists()
