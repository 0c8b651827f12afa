"""The trainer hears what happens to the trainings on her name, and nobody else's."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone

from kennispunt.office.staff import WorkList
from kennispunt.trainings import desk
from kennispunt.trainings.actions import editions
from kennispunt.trainings.models import Edition
from kennispunt.trainings.tests.make import make_edition, make_room, make_training, replan, sign_up
from kennispunt.trainings.tests.test_editions import appointments, evening
from kennispunt.ui.rows import TooLate

pytestmark = pytest.mark.django_db

Status = Edition.Status
MINE = "/balie/trainingen/mijn/"


@pytest.fixture
def ted(make_user):
    """Another trainer, who never filled in a name."""
    ted = make_user("ted", group="Trainers")
    ted.name = ""
    ted.save()
    return ted


def uids(mail, wanted):
    """The events in the calendar files of a mail with this method: [(uid, sequence)]."""
    return [
        (str(event["uid"]), event["sequence"])
        for method, events in appointments(mail)
        if method == wanted
        for event in events
    ]


# --- Assigned ------------------------------------------------------------------------------------


def test_trainer_hears_that_a_training_is_hers_with_the_appointment(tess, petra, outbox):
    edition = make_edition(evenings=2)

    replan(edition, trainer=tess, by=petra)

    [mail] = outbox()
    assert (mail.to, mail.subject) == (tess.email, "Je geeft een training")
    assert "Hallo Tess" in mail.text
    assert "Leden werven" in mail.text
    assert "Singel 1" in mail.text
    assert len(uids(mail, "REQUEST")) == 2
    assert f"{MINE}{edition.pk}/" in mail.text


def test_trainer_of_a_draft_hears_it_when_it_stands_in_the_agenda(tess, petra, outbox):
    edition = editions.create(
        meetings=[evening()], training=make_training(), room=make_room(), places=12, trainer=tess
    )  # fmt: skip
    replan(edition, meetings=[evening(days=41)], by=petra)
    assert outbox() == []

    editions.publish(edition, by=petra)
    with pytest.raises(TooLate):
        editions.publish(edition, by=petra)

    assert [(one.to, one.subject) for one in outbox()] == [(tess.email, "Je geeft een training")]


def test_a_series_in_the_agenda_is_one_mail_for_each_trainer(client, petra, tess, ted, outbox):
    first = make_edition(status=Status.DRAFT, trainer=tess)
    made = editions.series(
        first,
        [
            editions.Again(evening(days=50 + number)[0].date(), make_room(), trainer=trainer)
            for number, trainer in enumerate([tess, tess, ted, None])
        ],
    )
    client.force_login(petra)

    client.post(
        f"/balie/trainingen/{first.pk}/reeks/klaar/?{'&'.join(f'e={one.pk}' for one in made)}",
        {"zet": [one.pk for one in made]},
    )

    assert Edition.objects.open().count() == 4
    assert [(one.to, one.subject) for one in outbox()] == [
        (tess.email, "Je geeft 2 trainingen"),
        (ted.email, "Je geeft een training"),
    ]
    assert len(uids(outbox()[0], "REQUEST")) == 2
    assert "Hallo,\n" in outbox()[1].text


# --- Swapped -------------------------------------------------------------------------------------


def test_who_goes_and_who_comes_both_hear_it(tess, ted, petra, outbox):
    edition = make_edition(trainer=tess)
    before = localized(edition)
    replan(edition, trainer=ted, meetings=[evening(days=45)], by=petra)

    gone, new = outbox()
    assert (gone.to, gone.subject) == (tess.email, "Je geeft een training niet meer")
    assert before in gone.text
    assert len(uids(gone, "CANCEL")) == 1
    assert (new.to, new.subject) == (ted.email, "Je geeft een training")
    edition.refresh_from_db()
    assert localized(edition) in new.text
    assert uids(gone, "CANCEL")[0][0] != uids(new, "REQUEST")[0][0]


def localized(edition):
    from django.utils.formats import date_format
    from django.utils.timezone import localtime

    return date_format(localtime(edition.starts_at), "l j F Y, H.i")


def test_who_comes_back_gets_an_appointment_that_is_newer_than_its_end(tess, ted, petra, outbox):
    edition = make_edition(trainer=tess)
    replan(edition, trainer=None, by=petra)
    edition.refresh_from_db()
    replan(edition, trainer=tess, by=petra)

    gone, back = outbox()
    [(old, ended)], [(new, begun)] = uids(gone, "CANCEL"), uids(back, "REQUEST")
    assert old == new
    assert begun > ended


# --- Moved and called off ------------------------------------------------------------------------


def test_trainer_hears_of_another_time_and_room(tess, petra, outbox):
    edition = make_edition(evenings=2, trainer=tess)
    was = localized(edition)

    replan(edition, meetings=[evening(days=45)], room=make_room("De Hoek"), by=petra)

    [mail] = outbox()
    assert (mail.to, mail.subject) == (tess.email, "De training die je geeft is gewijzigd")
    edition.refresh_from_db()
    assert localized(edition) in mail.text
    assert "De Hoek" in mail.text
    assert was in mail.text.split("Zo was het")[1]
    assert "kreeg ook een mail" not in mail.text  # nobody has a place yet
    assert len(uids(mail, "REQUEST")) == 1
    assert len(uids(mail, "CANCEL")) == 1


def test_trainer_hears_of_another_address_of_the_online_room(tess, petra, outbox):
    edition = make_edition(room=None, trainer=tess)

    replan(edition, online_link="https://example.org/ruimte", by=petra)

    [mail] = outbox()
    assert "https://example.org/ruimte" in mail.text
    assert "De tijd blijft gelijk" in " ".join(mail.text.split())


def test_trainer_hears_that_it_is_off_and_why(tess, petra, anna, outbox):
    edition = make_edition(trainer=tess)
    sign_up(edition, anna)

    told = editions.cancel(edition, reason="De zaal is weg.", by=petra)
    with pytest.raises(TooLate):
        editions.cancel(edition, by=petra)

    assert told == 1
    mine = [one for one in outbox() if one.to == tess.email]
    assert [one.subject for one in mine] == ["De training die je geeft, gaat niet door"]
    assert "De zaal is weg." in mine[0].text
    assert len(uids(mine[0], "CANCEL")) == 1
    assert "Anna" not in mine[0].text
    assert "Wie een plek had of wachtte, kreeg ook een mail." in mine[0].text


def test_trainer_whose_room_moved_hears_of_others_only_when_there_are(tess, petra, anna, outbox):
    edition = make_edition(trainer=tess)
    editions.room_moved(edition.room, "Singel 1, Assen", by=petra)
    sign_up(edition, anna)
    editions.room_moved(edition.room, "Singel 1, Assen", by=petra)

    first, second = [mail.text for mail in outbox() if mail.to == tess.email]
    assert "kreeg ook een mail" not in first
    assert "Wie een plek heeft of wacht, kreeg ook een mail." in second


# --- Who hears nothing ---------------------------------------------------------------------------


def test_what_she_did_herself_she_does_not_hear(tess, outbox):
    edition = make_edition(trainer=tess)
    replan(edition, meetings=[evening(days=45)], by=tess)
    editions.cancel(edition, by=tess)
    assert outbox() == []


def test_what_changes_nothing_for_her_she_does_not_hear(tess, petra, outbox):
    edition = make_edition(trainer=tess)
    replan(edition, places=20, bring="Een laptop", by=petra)
    assert outbox() == []


def test_nobody_hears_of_what_is_over(tess, ted, petra, outbox):
    edition = make_edition(days=-3, trainer=tess)
    replan(edition, trainer=ted, by=petra)
    edition.refresh_from_db()
    replan(edition, room=make_room("De Hoek"), by=petra)

    assert edition.trainer == ted
    assert outbox() == []


def test_a_change_that_fails_tells_nobody(tess, anna, petra, outbox):
    edition = make_edition()
    sign_up(edition, anna)
    before = len(outbox())
    with pytest.raises(ValidationError):
        replan(edition, trainer=tess, meetings=[evening(days=45)], places=0, by=petra)
    assert len(outbox()) == before


# --- Who trains no more --------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["group", "members", "no groups", "not active"])
def test_who_trains_no_more_leaves_all_her_trainings_with_one_mail(way, tess, petra, outbox):
    coming = [make_edition(days=40 + number, trainer=tess) for number in range(3)]
    draft = make_edition(status=Status.DRAFT, trainer=tess)
    given = make_edition(days=-3, trainer=tess)
    trainers = Group.objects.get(name="Trainers")
    if way == "group":
        tess.groups.remove(trainers)
    elif way == "members":
        trainers.user_set.remove(tess)
    elif way == "no groups":
        tess.groups.clear()
    else:
        tess.is_active = False
        tess.save()

    assert not Edition.objects.filter(pk__in=[draft.pk, *(one.pk for one in coming)]).exclude(
        trainer=None
    )
    given.refresh_from_db()
    assert given.trainer == tess
    [mail] = outbox()
    assert (mail.to, mail.subject) == (tess.email, "Je geeft 3 trainingen niet meer")
    assert len(uids(mail, "CANCEL")) == 3
    [line] = [one for one in WorkList(desk.waiting(petra))[:] if "zonder trainer" in one.title]
    assert line.count == 3


def test_who_also_leaves_another_group_keeps_her_trainings(tess, outbox):
    edition = make_edition(trainer=tess)
    editors = Group.objects.get(name="Editors")
    tess.groups.add(editors)
    tess.groups.remove(editors)

    edition.refresh_from_db()
    assert (edition.trainer, outbox()) == (tess, [])


def test_desk_finds_what_has_no_trainer(client, petra, tess):
    make_edition(days=40, trainer=tess)
    bare = make_edition(days=50, room=make_room("De Hoek", town="Emmen"))
    client.force_login(petra)

    [line] = [one for one in WorkList(desk.waiting(petra))[:] if "zonder trainer" in one.title]
    assert line.title == "Een editie zonder trainer"
    found = client.get(line.address)

    assert list(found.context["page"]) == [bare]


# --- Her list and her page -----------------------------------------------------------------------


def test_what_is_off_stays_on_her_list_and_page_and_asks_nothing(client, tess, petra, anna):
    edition = make_edition(days=2, trainer=tess)
    sign_up(edition, anna)
    editions.cancel(edition, reason="Te weinig mensen.", by=petra)
    client.force_login(tess)

    shown = client.get(MINE).text
    page = client.get(f"{MINE}{edition.pk}/").text

    assert "Gaat niet door" in shown
    assert f"{MINE}{edition.pk}/" in shown
    assert "gaat niet door" in page
    assert "Te weinig mensen." in page
    assert "Wie was er?" not in page


def test_nobody_is_marked_at_what_is_off(client, tess, petra, anna):
    edition = make_edition(days=1, trainer=tess)
    sign_up(edition, anna)
    meeting = edition.meetings.get()
    editions.cancel(edition, by=petra)
    Edition.objects.filter(pk=edition.pk).update(
        starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1)
    )
    client.force_login(tess)

    for what in (f"aanwezig/{meeting.pk}/", "lijst/", "blad/"):
        assert client.get(f"{MINE}{edition.pk}/{what}").status_code in (302, 404), what
    assert "niet door" in client.get(MINE).text
