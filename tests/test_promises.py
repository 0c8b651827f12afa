"""The promises of docs/privacy.md, tested as promises: a filled database, and what is left of a
person in every column of every table, the sessions, the files and the log.

A new table is filled by itself (tests/filled.py). A column in which something may stay says why
here; a table that holds nothing of people says so.
"""

import logging
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.accounts import erasure
from kennispunt.accounts.models import User
from kennispunt.pagecache.changes import shown_tables
from kennispunt.parties.tests.make import make_area, make_party
from kennispunt.trainings.tests.make import make_edition, make_theme
from kennispunt.website.forgetting import forget
from tests.filled import ADDRESS, MARK, Filled, found, names_in, points_to

# What is known of no person: names of offices, areas, texts of editors, counters.
NO_PERSON = {
    "website.Tick": "the clock",
    "website.Worker": "a process of ours",
    "trainings.Notice": "that a kind of mail went, on which day",
    "trainings.Theme": "a text",
    "trainings.Training": "a text",
    "trainings.Room": "a building, and its owner as an office",
    "trainings.Edition": "an evening; its trainer is a number, and goes with the account",
    "trainings.QuietPeriod": "a calendar",
    "parties.Party": "the public register",
    "parties.PartyName": "the public register",
    "parties.Lineage": "the public register",
    "knowledge.TopicIndexPage": "a text",
    "knowledge.TopicPage": "a text",
    "knowledge.ArticlePage": "a text",
    "knowledge.Term": "a text",
    "outreach.Text": "a text",
    "outreach.GriffieAddress": "an office",
    "signpost.Entry": "an organisation",
    "signpost.DossierIndexPage": "a text",
    "signpost.DossierPage": "a text",
    "pages.BasePage": "a text; its steward is a number, and goes with the account",
    "pages.CheckedLink": "an address of a page",
    "elections.Area": "an area",
    "elections.Election": "an election",
    "elections.AreaName": "an area",
    "elections.AreaResult": "a public record",
    "elections.ElectoralList": "a public record",
    "facts.Law": "a law",
    "facts.Fact": "a fact",
    "mail.LetterToMany": "a letter of ours to many, which names none of them",
    "mail.Mailbox": "our own mailbox",
    "search.SearchEntry": "a copy of public texts",
    "search.SearchTerm": "a copy of public texts",
    "search.SearchWord": "a copy of public texts",
    "search.SynonymGroup": "words of editors",
    "limits.Count": "a fingerprint alone (limits/tests)",
}
OF_OTHERS = {  # tables of packages that hold something of people
    "account.EmailAddress",
    "mfa.Authenticator",
    "usersessions.UserSession",
    "django_tasks_database.DBTaskResult",
    "wagtailcore.ModelLogEntry",
}

# Where words or a number stay when a person is erased, and why.
STAYS = {
    "parties.Decision.reason": "explains a decision; names no applicant",
    "parties.Decision.rules": "explains a decision",
    "parties.Decision.facts": "explains a decision; facts about the party",
    "parties.Case.what_changed": "our words about the party",
    "parties.Case.first_reason": "our words about the party",
    "parties.Case.sent_back": "our words about the party",
    "parties.Case.first_people": "numbers of mandates",
    "parties.RegisterChange.what": "the public register",
    "parties.RegisterChange.source": "the public register",
    "outreach.Mailing.subject": "our letter to all offices",
    "outreach.Mailing.body": "our letter to all offices",
    "outreach.Mailing.lines": "our letter to all offices",
    "outreach.Mailing.remark": "what a colleague says of that letter",
}
# For a while: nothing says whose they are (who erases, cannot find them); forgotten on time.
NOBODYS = {
    "pages.Reaction.address": "the text it is about",
    "pages.Reaction.title": "the text it is about",
    "pages.Reaction.remark": "90 days",
    "signpost.Remark.text": "90 days after it was dealt with",
    "search.MissedQuery.words": "26 weeks",
    "trainings.Evaluation.useful": "a year",
    "trainings.Evaluation.better": "a year",
    "trainings.EditionMail.subject": "our words to all; two years",
    "trainings.EditionMail.body": "our words to all; two years",
    "django_tasks_database.DBTaskResult.task_path": "what ran; ids alone; thirty days",
    "django_tasks_database.DBTaskResult.exception_class_path": "the fault; thirty days",
    "django_tasks_database.DBTaskResult.traceback": "the fault; thirty days",
    "django_tasks_database.DBTaskResult.args_kwargs": "ids alone; thirty days",
    "django_tasks_database.DBTaskResult.worker_ids": "which worker; thirty days",
    "django_tasks_database.DBTaskResult.return_value": "nothing of people; thirty days",
    "django_tasks_database.DBTaskResult.queue_name": "a setting",
    "django_tasks_database.DBTaskResult.backend_name": "a setting",
}
# The account itself, which is there until it is deleted.
ACCOUNT = {
    "accounts.User.email", "accounts.User.name", "account.EmailAddress.email",
    "mail.MailChoice.address", "mail.MailChoice.kind", "mail.MailChoice.code",
    "mfa.Authenticator.data",
}  # fmt: skip

DAY = timedelta(days=1)


def yesterday():
    return timezone.now() - DAY


GIVEN = {
    "parties.Party": lambda all: {},
    "parties.Mandate": lambda all: {
        "ended_on": localdate(), "began_on": localdate() - 9 * DAY,
        "accepted_on": localdate() - 9 * DAY, "role": "chair",
    },
    "parties.Invitation": {"accepted": None, "answered_at": None, "email": ADDRESS},
    "parties.Evidence": lambda all: {
        "expires_on": localdate() + DAY, "file": all.row("files.StoredFile"),
    },
    "parties.Consent": lambda all: {"withdrawn_at": yesterday()},
    "parties.Application": lambda all: {
        "state": "closed", "party": all.row("parties.Party"), "sent_at": yesterday() - 9 * DAY,
        "file": all.row("files.StoredFile"),
    },
    "parties.Case": {"state": "closed", "first_outcome": "decline"},
    "parties.Decision": {"seconded_by": None, "until": None},
    "signpost.Entry": lambda all: {
        "checked_on": localdate() - DAY, "check_again_on": localdate() + DAY,
    },
    "outreach.Mailing": {"approved_by": None, "approved_at": None, "sent_at": None},
    "parties.Objection": {"is_right": False},
    "trainings.Registration": lambda all: {
        "state": "placed", "seat": 1, "offered_until": None, "offer_mail": None,
    },
    "wishes.CustomRequest": lambda all: {"state": "answered"},
    "wishes.Wish": lambda all: {"region": make_area("PV22"), "edition": None},
    "mail.OutgoingMail": lambda all: {
        "status": "sent", "claim": "", "ended_at": yesterday(), "message_id": MARK,
        "letter": None, "receiver": None, "blanks": None,  # mail/tests/test_many.py
    },
    "mail.IncomingMail": lambda all: {
        "status": "handled", "handled_at": yesterday(), "sender": ADDRESS,
    },
    "mail.MailChoice": {"address": ADDRESS},
    "files.StoredFile": {"size": 9, "owner": "parties.evidence"},
    "account.EmailAddress": {"verified": True, "primary": True, "email": ADDRESS},
    "usersessions.UserSession": {"session_key": "over"},
    "django_tasks_database.DBTaskResult": lambda all: {
        "status": "FAILED", "priority": 0, "finished_at": yesterday(),
    },
    "wagtailcore.ModelLogEntry": lambda all: {
        "content_type": apps.get_model("contenttypes.ContentType").objects.get_for_model(User),
        "object_id": str(all.person.pk), "action": "wagtail.edit",
    },
}  # fmt: skip


def with_people():
    """The models that may hold something of a person."""
    for model in apps.get_models():
        label, fields = model._meta.label, model._meta.concrete_fields
        ours = model.__module__.startswith("kennispunt.") and not model._meta.proxy
        holds = any(isinstance(one, HOLDS) or is_person(one) for one in fields)
        if label in OF_OTHERS or (ours and holds and label not in (*NO_PERSON, "accounts.User")):
            yield label


HOLDS = (
    models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField,
    models.GenericIPAddressField,
)  # fmt: skip


def is_person(field):
    return field.is_relation and field.related_model is User


@pytest.fixture
def filled(db, settings, tmp_path, lokaal_hazelmeer):
    """A person who did everything that can be done, long ago enough to be over."""
    settings.ERASURES_FILE = tmp_path / "erasures"
    settings.MEDIA_ROOT = tmp_path / "media"
    for name in list(names_in(storages["private"])):  # of other tests
        storages["private"].delete(name)
    person = User.objects.create(email=ADDRESS, name=MARK, last_login=yesterday())
    everything = Filled(person, GIVEN, NO_PERSON)
    everything.rows |= {
        "parties.Party": make_party("Asser Kring"),
        "elections.Area": make_area(),
        "trainings.Theme": make_theme(),
        "trainings.Edition": make_edition(days=-3),
        "accounts.User": person,
    }
    everything.rows["trainings.Meeting"] = everything.row("trainings.Edition").meetings.get()
    for label in with_people():
        everything.row(label)
    session = SessionStore()
    session.update({"account_login": {"email": ADDRESS}})
    session.set_expiry(-60)
    session.save()
    return everything


def test_every_table_has_a_row_or_says_why_it_holds_nobody(filled):
    labels = {model._meta.label for model in apps.get_models()}

    assert NO_PERSON.keys() <= labels  # no line for what is gone
    assert set(with_people()) <= filled.rows.keys()
    assert found() >= {"accounts.User.name", "parties.Case.answer", "mail.RawMail.content"}
    assert any(place.startswith("file ") for place in found())
    assert "sessions.Session.session_data" in found()


def test_of_who_is_erased_nothing_is_left(filled, caplog, django_capture_on_commit_callbacks):
    caplog.set_level(logging.DEBUG)
    person = filled.person
    number = person.pk
    with django_capture_on_commit_callbacks(execute=True):
        erasure.delete(person)
    list(forget(timezone.now()))

    assert sorted(found() - STAYS.keys() - NOBODYS.keys()) == []
    assert points_to(number) - {"wagtailcore.ModelLogEntry.user"} == set()
    assert found("203.0.113.77") == set()
    assert MARK.lower() not in caplog.text.lower()


def test_also_what_was_kept_by_an_address_of_before_goes_with_the_account(
    filled, django_capture_on_commit_callbacks
):
    """A year long nothing but the old address would tell that a mail was to this person."""
    person = filled.person
    person.email = "anders@example.org"
    person.save(update_fields=["email"])
    person.keep_address()

    with django_capture_on_commit_callbacks(execute=True):
        erasure.delete(person)
    list(forget(timezone.now()))

    assert sorted(found() - STAYS.keys() - NOBODYS.keys()) == []
    assert found("anders@example.org") == set()


def test_ten_years_later_nothing_is_left_but_the_account(
    filled, caplog, django_capture_on_commit_callbacks
):
    filled.row("signpost.Remark")
    with django_capture_on_commit_callbacks(execute=True):
        outcomes = list(forget(timezone.now() + timedelta(days=3653)))

    assert [one for one in outcomes if one.error] == []
    assert sorted(found() - STAYS.keys() - ACCOUNT - LAST_TASK) == []
    assert found("203.0.113.77") == set()
    assert MARK.lower() not in caplog.text.lower()
    assert points_to(filled.person) <= {
        "account.EmailAddress.user", "mfa.Authenticator.user", "usersessions.UserSession.user",
        "parties.Decision.decided_by", "parties.Case.asked_by", "parties.Case.first_by",
        "parties.Case.sent_back_by",
        "parties.Objection.answered_by", "parties.RegisterChange.made_by",
        "outreach.Mailing.written_by", "outreach.Mailing.approved_by",
        "outreach.Mailing.returned_by", "outreach.Mailing.withdrawn_by",
        "wagtailcore.ModelLogEntry.user", "wishes.ThemeVote.cast_by",
    }  # fmt: skip


def test_what_people_write_empties_no_kept_page():
    """Reacting, asking, applying or signing up does not make the whole site anew."""
    shown = shown_tables()
    by_people = {label for label in with_people() if not label.startswith("wagtail")}
    by_people |= {"outreach.Opening", "limits.Count", "sessions.Session", "trainings.Attendance"}

    emptying = {one for one in by_people if apps.get_model(one)._meta.db_table in shown}
    assert emptying == set()


# The latest of each kind of task stays, to tell since when the clock stands still: ids alone.
LAST_TASK = {place for place in NOBODYS if place.startswith("django_tasks_database.")}


def test_every_link_to_a_person_goes_or_becomes_empty_with_the_account():
    """Also in the tables of packages; Wagtail's logs keep a number."""
    kept = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if is_person(field)
        and field.remote_field.on_delete not in (models.CASCADE, models.SET_NULL)
    }

    assert kept == {"wagtailcore.ModelLogEntry.user", "wagtailcore.PageLogEntry.user"}


def test_an_address_in_capitals_is_the_same_person(filled):
    EmailAddress.objects.update(email=ADDRESS.upper())
    erasure.delete(filled.person)

    assert not {"mail.MailChoice.address", "mail.IncomingMail.sender"} & found()
