"""Applying: from the area to a decision, as somebody on a phone does it."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate

from kennispunt.elections.tests.make import make_result
from kennispunt.files.tests.make import picture
from kennispunt.limits.models import Count
from kennispunt.parties.actions import applying
from kennispunt.parties.judging import proposal_for
from kennispunt.parties.models import Application, Case, Consent, Evidence, Mandate, Party
from kennispunt.parties.periods import working_days_after
from kennispunt.parties.tests.make import apply, make_area, make_party
from kennispunt.ui.rows import TooLate

pytestmark = pytest.mark.django_db


@pytest.fixture
def assen():
    area = make_area("GM0106")
    make_result(area, **{"Dorpsbelang Lindewaard": 3, "VVD": 2})
    return area


@pytest.fixture
def fleur(make_user, client):
    """Somebody with an account who speaks for no party yet, signed in."""
    user = make_user("fleur")
    client.force_login(user)
    return user


def test_how_they_found_us_is_asked_and_need_not_be_told(make_user):
    make_result(make_area(), **{"Dorpsbelang Lindewaard": 3})
    for name, heard in [("fleur", "clerk"), ("guus", "")]:
        person = make_user(name)
        client = Client()
        client.force_login(person)
        proof = {"heard_from": heard}
        apply(client, list_name="Dorpsbelang Lindewaard", controle=proof)

        assert Application.objects.get(person=person).heard_from == heard


def test_a_visitor_reads_what_is_asked_and_signs_in_to_begin(client):
    assert "tien minuten" in client.get("/partijen/aanmelden/").text
    assert client.get("/partijen/aanmelden/gebied/").url.startswith("/account/login/")


def test_the_whole_way_from_area_to_sent(client, fleur, assen, outbox):
    found = client.get("/partijen/aanmelden/gebied/?q=assen")
    assert list(found.context["found"]) == [assen]

    apply(client, list_name="Dorpsbelang Lindewaard")

    party = Party.objects.get()
    assert party.name == "Dorpsbelang Lindewaard"
    assert party.status == Party.Status.APPLIED
    assert [one.title for one in party.lists.all()] == ["Dorpsbelang Lindewaard"]
    assert Consent.objects.get().person == fleur
    [mail] = outbox()
    assert mail.subject == "Je aanmelding is binnen"
    assert "Lindewaard" not in mail.text
    case = Case.objects.get()
    assert f"{case.due.day} " in mail.text
    assert "uiterlijk" in client.get("/mijn/aanmelding/").text
    assert Evidence.objects.get().kind == "result"


def test_lists_of_the_last_result_are_proposed_by_name(client, fleur, assen):
    client.post("/partijen/aanmelden/gebied/", {"area": "GM0106"})

    choices = client.get("/partijen/aanmelden/partij/").context["form"].fields["which"].choices

    assert [label for _, label in choices][:2] == ["Dorpsbelang Lindewaard", "VVD"]


def test_what_was_filled_in_is_there_on_another_evening(client, fleur, assen, outbox):
    apply(client, until="wie")
    client.post("/partijen/aanmelden/wie/", {"name": "Fleur", "role": "chair", "later": "1"})

    [mail] = outbox()
    assert "/partijen/aanmelden/" in mail.text
    other = Client()
    other.force_login(fleur)
    assert "Je begon al" in other.get("/partijen/aanmelden/").text
    assert other.get("/partijen/aanmelden/versturen/").url == "/partijen/aanmelden/verklaring/"


def test_a_draft_is_only_of_who_filled_it_in(client, fleur, assen, make_user):
    apply(client, until="verklaring")
    other = Client()
    other.force_login(make_user("guus"))

    assert other.get("/partijen/aanmelden/verklaring/").url == "/partijen/aanmelden/gebied/"


@pytest.mark.parametrize(
    ("step", "typed", "wrong"),
    [
        ("partij", {}, {"which"}),
        ("partij", {"which": "founding"}, {"party_name"}),
        ("wie", {"name": "", "role": "king"}, {"name", "role"}),
        ("verklaring", {"seat": "no", "cooperation": "joint", "kvk_number": "12"},
         {"cooperation_with", "kvk_number"}),
        ("controle", {"proof": "phone"}, {"proof_at"}),
        ("controle", {"proof": "document"}, {"upload"}),
        ("versturen", {}, {"consent"}),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_stays(client, fleur, assen, step, typed, wrong):
    apply(client, until=step)

    response = client.post(f"/partijen/aanmelden/{step}/", typed)

    assert set(response.context["form"].errors) == wrong
    assert not Application.objects.sent().exists()


def test_nobody_jumps_ahead(client, fleur):
    assert client.get("/partijen/aanmelden/versturen/").url == "/partijen/aanmelden/gebied/"
    assert client.get("/partijen/aanmelden/bestaat-niet/").status_code == 404


def test_founders_apply_with_a_name_that_is_not_there_yet(client, fleur, assen):
    unknown = {"legal_form": ""}
    apply(client, which="founding", party_name="Wij Molenkerk", verklaring=unknown)

    party = Party.objects.get()
    assert (party.name, party.status) == ("Wij Molenkerk", "applied")
    assert party.legal_form == "not_yet"


def test_sending_twice_sends_once(client, fleur, assen, outbox):
    apply(client, until="versturen")
    for _ in range(2):
        client.post("/partijen/aanmelden/versturen/", {"consent": "on"})

    assert Party.objects.count() == Application.objects.sent().count() == len(outbox()) == 1


# --- Two people, and rivals ------------------------------------------------------------------------


def test_two_people_who_apply_for_the_same_party_share_one_case(client, fleur, assen, make_user):
    apply(client, list_name="Dorpsbelang Lindewaard")
    other = Client()
    other.force_login(make_user("guus"))

    apply(other, which="other", party_name="dorpsbelang lindewaard")

    assert Party.objects.count() == Case.objects.count() == 1
    assert Mandate.objects.waiting().count() == 0
    assert Mandate.objects.open().count() == 2
    assert "fleur" not in other.get("/mijn/partij/").text


def test_who_claims_the_party_of_a_rival_gets_nothing_and_learns_nothing(
    client, fleur, carla, lokaal_hazelmeer
):
    apply(client, which="other", party_name="Lokaal Hazelmeer")

    for address in ("/mijn/partij/", "/mijn/aanmelding/"):
        assert "carla" not in client.get(address).text.lower()
    assert client.get("/mijn/partij/uitnodigen/").status_code == 403
    assert not Mandate.objects.of(fleur).accepted().exists()
    assert Party.objects.get().status == "eligible"


def test_the_same_name_in_another_town_is_another_party(client, fleur, lokaal_hazelmeer):
    make_area("GM0114")
    apply(client, area="GM0114", which="other", party_name="Lokaal Hazelmeer")

    assert Party.objects.count() == 2


def test_withdrawing_leaves_nothing_waiting(client, fleur, assen):
    apply(client, list_name="Dorpsbelang Lindewaard")

    client.post("/mijn/aanmelding/intrekken/")

    assert not Case.objects.open().exists()
    assert not Mandate.objects.open().exists()
    assert Party.objects.get().status == "none"


def test_who_was_declined_before_may_apply_again(client, fleur, assen):
    make_party("Dorpsbelang Lindewaard", status=Party.Status.NONE)

    apply(client, which="other", party_name="Dorpsbelang Lindewaard")

    assert Party.objects.get().status == "applied"


def test_who_applies_for_a_branch_of_a_party_in_the_kamer_hears_it_before_sending(
    client, fleur, assen
):
    apply(client, list_name="VVD", until="versturen")
    assert "deze partij niet toelaten" in client.get("/partijen/aanmelden/versturen/").text

    apply(client, list_name="Dorpsbelang Lindewaard", until="versturen")
    assert "deze partij niet toelaten" not in client.get("/partijen/aanmelden/versturen/").text


# --- Evidence --------------------------------------------------------------------------------------


def send_file(client, content, name="bewijs.pdf"):
    apply(client, until="controle")
    file = SimpleUploadedFile(name, content)
    return client.post("/partijen/aanmelden/controle/", {"proof": "document", "upload": file})


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00 this is a program", b"x" * (20 * 1024 * 1024)], ids=["exe", "20 MB"]
)
def test_a_file_we_must_not_keep_is_refused_in_words(client, fleur, assen, content):
    response = send_file(client, content)

    [message] = response.context["form"].errors["upload"]
    assert message.endswith(".")
    assert not Application.objects.get().file


def test_a_proof_that_was_chosen_stays_when_another_field_is_wrong(client, fleur, assen):
    apply(client, until="controle")
    file = SimpleUploadedFile("bewijs.png", picture("PNG"))
    page = client.post("/partijen/aanmelden/controle/", {"proof": "", "upload": file})
    assert "bewijs.png" in page.text
    [token] = re.findall(r'name="upload-before" value="([^"]+)"', page.text)

    client.post("/partijen/aanmelden/controle/", {"proof": "document", "upload-before": token})

    assert Application.objects.get().file.name == "bewijs.png"


def test_evidence_is_read_by_who_sent_it_and_who_decides(client, fleur, assen, anna, petra):
    send_file(client, picture("PNG"), "bewijs.png")
    client.post("/partijen/aanmelden/versturen/", {"consent": "on"})
    address = Evidence.objects.get(kind="document").file.get_absolute_url()

    assert client.get(address).status_code == 200
    assert Client().get(address).status_code != 200
    for person, may in [(petra, True), (anna, False)]:
        other = Client()
        other.force_login(person)
        assert (other.get(address).status_code == 200) is may


def test_we_promise_an_answer_within_ten_working_days(client, fleur, assen):
    apply(client, list_name="Dorpsbelang Lindewaard")

    assert Case.objects.get().due == working_days_after(localdate(), 10)


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (date(2026, 11, 25), date(2026, 12, 9)),  # a Wednesday
        (date(2026, 11, 28), date(2026, 12, 11)),  # on a Saturday: from Monday on
        (date(2026, 12, 18), date(2027, 1, 5)),  # over Christmas and New Year
        (date(2028, 2, 29), date(2028, 3, 14)),
    ],
)
def test_weekends_and_holidays_are_no_working_days(sent, due):
    assert working_days_after(sent, 10) == due


# --- A joint list -----------------------------------------------------------------------------------


@pytest.fixture
def joint(assen):
    return make_result(assen, on=localdate(), **{"Wij Assen / VVD": 4}).lists.get()


def apply_for(user, joint, name):
    client = Client()
    client.force_login(user)
    told = {"verklaring": {"cooperation": "joint", "cooperation_with": "de andere"}}
    assert apply(client, which=f"list-{joint.pk}", party_name=name, **told).status_code == 302
    return Application.objects.get(person=user).party


def test_each_party_of_a_joint_list_applies_as_itself(joint, make_user, petra):
    first = apply_for(make_user("fleur"), joint, "Wij Assen")
    second = apply_for(make_user("guus"), joint, "Anders Assen")

    assert (first.name, second.name) == ("Wij Assen", "Anders Assen")
    # What one says does not yet make it a joint list in the register of the other.
    assert list(joint.parties.all()) == [first]
    for party in (first, second):
        proposal = proposal_for(party)
        assert proposal.needs_two
        assert any("VVD" in one.fact for one in proposal.reasons)
    client = Client()
    client.force_login(petra)
    text = client.get(f"/balie/partijen/{second.cases.get().pk}/").text
    assert "Anders Assen, op de lijst “Wij Assen / VVD”" in text


def test_name_of_the_list_typed_again_is_the_party_of_that_list(joint, make_user):
    first = apply_for(make_user("fleur"), joint, "")

    assert apply_for(make_user("guus"), joint, "WIJ ASSEN / VVD") == first
    assert Party.objects.count() == 1


def test_one_person_opens_no_more_than_a_few_cases_a_day(client, make_user):
    names = [f"Lijst {number}" for number in range(7)]
    make_result(make_area(), **dict.fromkeys(names, 1))
    client.force_login(make_user("fleur"))
    for name in names[:5]:
        apply(client, list_name=name)
    apply(client, list_name=names[5], until="versturen")

    refused = client.post("/partijen/aanmelden/versturen/", {"consent": "on"})

    assert "Je stuurde vandaag al vijf aanmeldingen" in refused.text
    assert Case.objects.count() == 5
    assert Application.objects.drafts().get().electoral_list.name == names[5]  # nothing is lost
    Count.objects.all().delete()  # tomorrow
    assert client.post("/partijen/aanmelden/versturen/", {"consent": "on"}).status_code == 302


def test_the_link_to_a_draft_is_mailed_a_few_times_a_day(client, make_user, outbox):
    client.force_login(make_user("fleur"))
    apply(client, until="partij", area=make_area().code)
    for _ in range(9):
        client.post("/partijen/aanmelden/gebied/", {"area": "GM0106", "later": "1"})

    assert len(outbox()) == 5


def test_application_that_was_answered_is_too_late_to_take_back(client, make_user):
    make_result(make_area(), **{"Dorpsbelang Lindewaard": 2})
    client.force_login(make_user("fleur"))
    apply(client)
    sent = Application.objects.get()
    sent.keep(state=Application.State.CLOSED)

    with pytest.raises(TooLate):
        applying.withdraw(sent)

    assert Mandate.objects.open().exists()
