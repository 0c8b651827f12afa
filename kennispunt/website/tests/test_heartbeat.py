"""Nothing stands still silently: /gezond/ and the desk tell it, and what failed can be done again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kennispunt.mail.clock import fetch_mail
from kennispunt.mail.models import OutgoingMail
from kennispunt.pages.models import CheckedLink
from kennispunt.website import clock
from kennispunt.website.desk import waiting
from kennispunt.website.models import Tick, Worker

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
PAGE = "/balie/techniek/"


@pytest.fixture
def all_runs():
    """The clock came by, a worker lives, and no task waits."""
    clock.tick(timezone.now())
    DBTaskResult.objects.all().delete()
    Worker.objects.create(name="one", last=timezone.now())


@pytest.fixture
def failed(all_runs):
    """failed(task): a task that failed an hour ago."""

    def make(task=fetch_mail, **fields):
        row = DBTaskResult.objects.get(pk=task.enqueue().id)
        fields = {"args_kwargs": {"args": [], "kwargs": {}}} | fields
        DBTaskResult.objects.filter(pk=row.pk).update(
            status="FAILED", finished_at=timezone.now() - HOUR, worker_ids=["gone"],
            exception_class_path="builtins.ZeroDivisionError", traceback="x", **fields,
        )  # fmt: skip
        return row

    return make


def titles(user):
    return [line.title for line in waiting(user)]


def test_all_is_well(client, all_runs, petra):
    assert client.get("/gezond/").text == client.get("/gezond/werk/").text == "gezond\n"
    assert titles(petra) == []


def clock_stands():
    Tick.objects.update(last=timezone.now() - HOUR)


def clock_was_ahead_and_stands():
    Tick.objects.update(last=timezone.now() + timedelta(days=40))


def worker_is_gone():
    Worker.objects.update(last=timezone.now() - HOUR)


def task_waits():
    fetch_mail.enqueue()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - HOUR)


@pytest.mark.parametrize(
    ("fault", "title"),
    [
        (clock_stands, "De klok staat stil"),
        (clock_was_ahead_and_stands, "De klok staat stil"),
        (worker_is_gone, "Het werk op de achtergrond staat stil"),
        (task_waits, "Het werk op de achtergrond staat stil"),
    ],
)
def test_what_stands_still_is_told_and_the_site_stays_in(client, all_runs, petra, fault, title):
    fault()

    answer = client.get("/gezond/")
    assert (answer.status_code, title in answer.text) == (200, True)
    answer = client.get("/gezond/werk/")
    assert (answer.status_code, title in answer.text) == (503, True)
    assert titles(petra) == [title]
    client.force_login(petra)
    assert title in client.get(PAGE).text


def test_mail_that_does_not_go_is_told(client, all_runs, make_user):
    make_user("anna")
    client.post("/account/login/", {"login": "anna@example.org", "password": ""})
    DBTaskResult.objects.all().delete()
    assert client.get("/gezond/werk/").status_code == 200
    OutgoingMail.objects.update(due_at=timezone.now() - HOUR)

    assert "De mail staat stil" in client.get("/gezond/").text
    assert client.get("/gezond/werk/").status_code == 503


def test_a_site_where_nothing_ever_ran_is_told_to_who_watches(client, petra):
    assert client.get("/gezond/").status_code == 200
    assert client.get("/gezond/werk/").text.count("nog nooit gezien") == 2
    assert titles(petra) == []


def test_desk_tells_only_who_keeps_the_site_going(all_runs, eva, tess, anna, client):
    clock_stands()

    assert [titles(other) for other in (eva, tess, anna)] == [[], [], []]
    for other in (eva, tess, anna):
        client.force_login(other)
        assert client.get(PAGE).status_code == 403


# --- The clock that was ahead --------------------------------------------------------------------


def test_a_link_is_looked_at_although_a_clock_was_ahead():
    now = timezone.now()
    for number, due in enumerate([now + timedelta(days=40), now + timedelta(days=6), now]):
        CheckedLink.objects.create(address=f"https://{number}.example/", due_at=due)

    assert CheckedLink.objects.due(now).count() == 2


# --- What failed ----------------------------------------------------------------------------------


def test_a_task_that_failed_stands_on_the_desk_and_can_be_done_again_once(client, petra, failed):
    row = failed()
    client.force_login(petra)
    [line] = waiting(petra)
    assert (line.title, line.count, line.address) == ("Taken mislukt", 1, PAGE)
    assert "ZeroDivisionError" in client.get(PAGE).text

    first, second = (
        client.post(PAGE, {"taak": row.pk, "opnieuw": "1"}, follow=True) for _ in range(2)
    )

    assert "Het gaat opnieuw." in first.text
    assert "al gedaan" in second.text
    task = DBTaskResult.objects.get()
    assert (task.status, task.worker_ids, task.traceback) == ("READY", [], "")
    assert titles(petra) == []


def test_all_that_failed_can_be_done_again_at_once_or_left(client, petra, failed):
    rows = [failed(args_kwargs={"args": [number], "kwargs": {}}) for number in range(3)]
    client.force_login(petra)

    client.post(PAGE, {"taak": rows[0].pk, "weg": "1"})
    client.post(PAGE, {"taak": "alle", "opnieuw": "1"})

    assert list(DBTaskResult.objects.values_list("status", flat=True)) == ["READY"] * 2


def test_a_job_of_the_clock_that_succeeded_since_needs_nobody(petra, failed):
    failed()
    assert titles(petra) == ["Taken mislukt"]
    done = DBTaskResult.objects.get(pk=fetch_mail.enqueue().id)
    done.set_successful(None)

    assert titles(petra) == []


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-0000-0000-000000000000", "\0"])
def test_odd_keys_do_nothing(client, petra, failed, key):
    failed()
    client.force_login(petra)

    assert client.post(PAGE, {"taak": key, "opnieuw": "1"}).status_code in {302, 404}
    assert titles(petra) == ["Taken mislukt"]
