"""What readers and providers say of an entry, and who gets to see it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kennispunt.office.staff import WorkList
from kennispunt.signpost import actions, asking, desk
from kennispunt.signpost.clock import ask_providers
from kennispunt.signpost.models import Entry, Remark
from kennispunt.signpost.retention import forget_remarks
from kennispunt.signpost.tests.make import make_entry
from kennispunt.ui.rows import TooLate

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def waiting(user):
    return WorkList(desk.waiting(user))[:]


@pytest.fixture
def eva(make_user):
    """An editor, who may change the signpost."""
    from kennispunt.accounts.groups import let_staff

    let_staff(Entry, "add", "change")
    return make_user("eva", group="Editors")


def link_in(mail):
    return mail.text[mail.text.index("/wegwijzer/bevestigen/") :].split()[0].rstrip(")>")


def test_reader_reports_a_mistake_and_nothing_of_them_is_kept(client, eva):
    entry = make_entry()

    client.post(f"/wegwijzer/hulp/{entry.slug}/fout/", {"text": "De link is stuk."})

    remark = Remark.objects.get()
    assert remark.text == "De link is stuk."
    assert {field.name for field in Remark._meta.fields} == {
        "id", "entry", "kind", "text", "sent_at", "done_at",
    }  # fmt: skip
    assert [one.kind for one in waiting(eva)] == ["wegwijzer"]


def test_empty_report_says_what_is_missing(client):
    entry = make_entry()

    answer = client.post(f"/wegwijzer/hulp/{entry.slug}/fout/", {"text": " "})

    assert "Eén zin is genoeg" in answer.text
    assert not Remark.objects.exists()


def test_flood_of_reports_is_not_kept(client):
    entry = make_entry()
    for number in range(actions.MOST_REMARKS + 3):
        address = f"/wegwijzer/hulp/{entry.slug}/fout/"
        client.post(address, {"text": f"Fout {number}"}, REMOTE_ADDR=f"203.0.113.{number}")

    assert Remark.objects.count() == actions.MOST_REMARKS


def test_editor_finishes_a_remark_once(client, eva):
    actions.report_mistake(make_entry(), "De link is stuk.")
    address = f"/wegwijzer/opmerking/{Remark.objects.get().pk}/"
    client.force_login(eva)

    assert "De link is stuk." in client.get(address).text
    client.post(address)
    first = Remark.objects.get().done_at
    client.post(address)

    assert Remark.objects.get().done_at == first
    assert waiting(eva) == []


def test_visitor_and_member_read_no_remarks(client, make_user):
    actions.report_mistake(make_entry(), "Geheim")
    address = f"/wegwijzer/opmerking/{Remark.objects.get().pk}/"

    assert client.get(address).status_code in {302, 403}
    anna = make_user("anna")
    client.force_login(anna)
    assert client.get(address).status_code == 403
    assert waiting(anna) == []


def test_provider_confirms_from_the_mail(client, outbox):
    entry = make_entry(contact_email="info@raad.example")
    actions.ask_provider(entry, on=TODAY)
    [mail] = outbox()
    address = link_in(mail)

    client.get(address)
    assert Entry.objects.get().confirmed_on is None  # a mail scanner follows links too
    client.post(address)
    assert Entry.objects.get().confirmed_on == timezone.localdate()


def test_provider_is_asked_once_a_day(outbox):
    entry = make_entry(contact_email="info@raad.example")

    actions.ask_provider(entry, on=TODAY)
    with pytest.raises(TooLate):
        actions.ask_provider(entry, on=TODAY)
    assert [mail.to for mail in outbox()] == ["info@raad.example"]


def test_provider_without_address_is_not_asked(outbox):
    with pytest.raises(TooLate):
        actions.ask_provider(make_entry(), on=TODAY)
    assert outbox() == []


def test_provider_proposes_a_change(client, outbox, eva):
    actions.ask_provider(make_entry(contact_email="info@raad.example"), on=TODAY)
    address = link_in(outbox()[0])

    client.post(address, {"text": "Het is nu gratis."})

    assert Remark.objects.get().kind == Remark.Kind.CHANGE
    assert "aanbieder" in waiting(eva)[0].title


def test_link_of_another_address_or_none_no_longer_works(client, outbox):
    entry = make_entry(contact_email="info@raad.example")
    actions.ask_provider(entry, on=TODAY)
    address = link_in(outbox()[0])
    Entry.objects.update(contact_email="nieuw@raad.example")

    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert client.get("/wegwijzer/bevestigen/onzin/").status_code == 404


def test_link_works_sixty_days(outbox, monkeypatch):
    entry = make_entry(contact_email="info@raad.example")
    token = asking.CONFIRM.token(entry.pk, entry.contact_email)
    monkeypatch.setattr(asking.CONFIRM, "works", timedelta(seconds=-1))

    assert asking.entry_of(token) is None


def test_entry_to_check_waits_for_an_editor(eva):
    make_entry("Oud", checked_on=date(2020, 1, 1), check_again_on=date(2020, 6, 1))
    make_entry("Ouder", checked_on=date(2019, 1, 1), check_again_on=date(2019, 6, 1))

    [one] = waiting(eva)

    assert (one.count, one.title) == (2, "Wegwijzer nakijken: Ouder en nog 1")


def test_remarks_are_forgotten_after_ninety_days():
    actions.report_mistake(make_entry(), "De link is stuk.")
    now = timezone.now()
    Remark.objects.update(done_at=now - timedelta(days=91))
    actions.report_mistake(Entry.objects.get(), "Wacht nog.")

    assert forget_remarks(now) == 1
    assert [one.text for one in Remark.objects.all()] == ["Wacht nog."]


def test_clock_asks_a_month_before_the_check_and_not_again(outbox):
    soon, later = timezone.localdate() + timedelta(days=20), timezone.localdate() + timedelta(60)
    make_entry("Bijna", contact_email="info@bijna.example", check_again_on=soon)
    make_entry("Later", contact_email="info@later.example", check_again_on=later)

    for _ in range(2):
        ask_providers.func()

    assert [mail.to for mail in outbox()] == ["info@bijna.example"]


def test_one_place_reports_no_more_than_a_few_an_hour_and_loses_no_words(client):
    entries = [make_entry(slug=f"loket-{number}") for number in range(12)]
    for entry in entries:
        answer = client.post(f"/wegwijzer/hulp/{entry.slug}/fout/", {"text": "De link is stuk."})

    assert Remark.objects.count() == 10
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "De link is stuk." in answer.text and "over een uur" in answer.text
