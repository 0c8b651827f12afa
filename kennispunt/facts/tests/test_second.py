"""A change of a fact holds at once, and waits until somebody else has read it."""

import pytest
from django.core.exceptions import ValidationError

from kennispunt.facts import api, desk, second
from kennispunt.facts.models import Fact
from kennispunt.facts.tests.test_facts import LIST, form

UNREAD = "/beheer/feiten-nalezen/"


@pytest.fixture
def fact(starter):
    return api.get("naam-max-tekens")


def change(client, who, fact, **changes):
    client.force_login(who)
    answer = client.post(f"{LIST}edit/{fact.pk}/", form(fact, **changes), follow=True)
    fact.refresh_from_db()
    return answer


def lines(user):
    return [(one.title, one.count) for one in desk.waiting(user)]


def press(client, who, fact, entry=None):
    client.force_login(who)
    entry = entry or second.unread(who)[0].entry.pk
    return client.post(UNREAD, {"fact": fact.pk, "entry": entry}, follow=True)


def test_change_of_a_fact_waits_for_a_second_reader(client, fact, eva, maud, tess):
    answer = change(client, eva, fact, value="36")

    assert "Een collega leest dit na" in answer.text
    assert lines(maud) == [("Lees na: 1 feit is veranderd", 1)]
    assert lines(eva) == lines(tess) == []
    client.force_login(maud)
    page = client.get(UNREAD).text
    assert "<td>35</td><td>36</td>" in page
    assert "Eva" in page


def test_who_reads_it_ends_the_waiting(client, fact, eva, maud):
    change(client, eva, fact, value="36")
    press(client, maud, fact)
    assert lines(maud) == []
    change(client, maud, fact, value="37")
    assert lines(eva) == [("Lees na: 1 feit is veranderd", 1)]


def test_nobody_reads_her_own_change(client, fact, eva, maud):
    change(client, eva, fact, value="36")
    entry = second.unread(maud)[0].entry.pk
    assert "Dit hoef jij niet na te lezen" in press(client, eva, fact, entry).text
    assert lines(maud) == [("Lees na: 1 feit is veranderd", 1)]


def test_two_changes_in_a_row_are_read_together(client, fact, eva, maud):
    change(client, eva, fact, value="36")
    change(client, eva, fact, what="Zo lang mag een naam zijn")
    client.force_login(maud)
    page = client.get(UNREAD).text
    assert "<td>35</td><td>36</td>" in page
    assert "Zo lang mag een naam zijn" in page


def test_what_changed_while_it_was_read_is_read_again(client, fact, eva, maud):
    change(client, eva, fact, value="36")
    old = second.unread(maud)[0].entry.pk
    change(client, eva, fact, value="46")

    assert "intussen weer veranderd" in press(client, maud, fact, old).text
    assert lines(maud) == [("Lees na: 1 feit is veranderd", 1)]


def test_new_version_of_a_fact_waits_too(client, fact, eva, maud):
    client.force_login(eva)
    new = form(fact, value="36", valid_from="2027-01-01")
    client.post(f"{LIST}add/", new)
    assert Fact.objects.filter(name=fact.name).count() == 2

    assert lines(maud) == [("Lees na: 1 feit is veranderd", 1)]
    client.force_login(maud)
    assert "<td>leeg</td><td>36</td>" in client.get(UNREAD).text


def test_what_files_say_waits_for_nobody(fact, eva, maud):
    assert lines(eva) == lines(maud) == []
    with pytest.raises(ValidationError):
        second.mark_read(fact, by=maud, entry=0)


@pytest.mark.parametrize("entry", ["", "x", "²", "99999999999"])
def test_what_is_no_number_breaks_nothing(client, fact, eva, maud, entry):
    change(client, eva, fact, value="36")
    client.force_login(maud)
    assert client.post(UNREAD, {"fact": fact.pk, "entry": entry}).status_code == 302
    assert client.post(UNREAD, {"fact": entry, "entry": 1}).status_code == 404
    assert lines(maud) == [("Lees na: 1 feit is veranderd", 1)]


def test_who_may_not_change_facts_reads_none(client, fact, tess):
    client.force_login(tess)
    assert client.get(UNREAD).status_code in (302, 403)
