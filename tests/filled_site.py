"""A small site with somebody of every kind, and something of everybody, for test_who_may_what.py.

Each person has a mark in name, address and in what only they wrote, so that a page that shows any
of it to the wrong reader is seen.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.timezone import localdate
from wagtail.snippets.models import get_snippet_models

from kennispunt.accounts.models import User
from kennispunt.elections.calendar import next_election
from kennispunt.elections.tests.make import make_area, make_result
from kennispunt.files import actions as files
from kennispunt.files.tests.make import pdf, upload
from kennispunt.knowledge.tests.make import make_article
from kennispunt.mail import intake
from kennispunt.mail.send import send
from kennispunt.mail.tests.make import make_raw
from kennispunt.outreach.models import GriffieAddress, Mailing
from kennispunt.pages import reactions
from kennispunt.parties import confirming
from kennispunt.parties.actions import evidence
from kennispunt.parties.models import (
    Application,
    Case,
    Decision,
    Evidence,
    Invitation,
    Mandate,
    Objection,
)
from kennispunt.parties.tests.make import APPLIED, FOUNDING, make_mandate, make_party
from kennispunt.signpost import asking
from kennispunt.signpost.models import Remark
from kennispunt.signpost.tests.make import make_entry
from kennispunt.trainings.models import Attendance, Registration
from kennispunt.trainings.tests.make import make_edition, make_theme, make_training
from kennispunt.trainings.tokens import EVALUATION, token_of
from kennispunt.wishes.models import CustomRequest, Wish, WishVoice

STAFF = {
    "editor": "Editors",
    "moderator": "Moderators",
    "trainer": "Trainers",
    "leader": "Project leaders",
    "superuser": "",
}
# In the order of the table. "…0" is the same person of the staff without a second factor.
KINDS = [
    "visitor", "newcomer", "applicant", "stranger", "declined", "asker", "founder", "member",
    "colleague", "rival", "removed", *STAFF, *(f"{kind}0" for kind in STAFF),
]  # fmt: skip


def secret(kind: str) -> str:
    """Words that only this person wrote."""
    return f"Geheim{kind.title()}"


@dataclass
class Site:
    """The people by kind, and what stands between braces in the table."""

    people: dict[str, User | None]
    things: dict[str, object]

    @property
    def snippet_pks(self) -> dict[str, object]:
        """A row of each kind that the back office keeps: {"trainings/room": 1}."""
        models = get_snippet_models()
        return {
            f"{one._meta.app_label}/{one._meta.model_name}": getattr(one.objects.first(), "pk", 1)
            for one in models
        }


def fill() -> Site:
    everyone = {kind: None if kind == "visitor" else person(kind) for kind in KINDS}
    site = Site(everyone, {})
    parties_of(site)
    applications_of(site)
    trainings_of(site)
    pages_of(site)
    return site


def person(kind):
    role = kind.rstrip("0")
    user = User.objects.create_user(
        f"{kind}@merk.example", "kennispunt", name=f"Naam Merk{kind.title()}",
        is_superuser=role == "superuser",
    )  # fmt: skip
    if group := STAFF.get(role):
        user.groups.add(Group.objects.get(name=group))
    if kind in STAFF:
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    return user


def parties_of(site):
    who, things = site.people, site.things
    make_result(make_area(), **{"Asser Kring": 3})
    ours = make_party("Asser Kring", is_shown=True)
    theirs = make_party("Lokaal Hazelmeer")
    site.things |= {"party": ours.key, "hidden_party": theirs.key, "area": make_area().slug}
    founders = make_party("Wij Molenkerk", area="GM0114", **FOUNDING)
    things["applied_party"] = make_party("Dorpsbelang Lindewaard", **APPLIED)
    things["member_mandate"] = make_mandate(who["member"], ours, manages=True)
    things["colleague_mandate"] = make_mandate(who["colleague"], ours, may_book=False)
    make_mandate(who["rival"], theirs, manages=True)
    make_mandate(who["founder"], founders, manages=True, role="founder")
    make_mandate(who["removed"], ours, ended_on=localdate())
    things["request"] = make_mandate(who["asker"], ours, accepted_on=None)
    without = make_party("Zonder Beheer", area="GM0114")
    things["unmanaged_party"] = without
    make_mandate(person("speaker"), without)
    token, asked_on = "uitnodiging-voor-een-gast", localdate()
    things["invitation"] = Invitation.objects.create(
        party=ours, email="guest@merk.example", role="board", invited_by=who["member"],
        token_hash=Invitation.hash_of(token), sent_at=timezone.now(),
        expires_on=localdate() + timedelta(days=9),
    )  # fmt: skip
    things["invitation_token"] = token
    Mandate.objects.filter(person=who["member"]).update(asked_on=asked_on)
    things["still_token"] = confirming.token_of(things["member_mandate"], asked_on)
    things["alias"] = ours.names.create(name="De Kring")


def applications_of(site):
    who, things = site.people, site.things
    party, now = things["applied_party"], timezone.now()
    area = party.areas.first()
    given = {"area": area, "kind": "other", "party_name": party.name, "role": "board",
             "cooperation": "none", "proof": "document", "sent_at": now}  # fmt: skip
    for kind in ("applicant", "stranger"):
        make_mandate(who[kind], party, accepted_on=None)
        file = files.store(upload(pdf(), f"{kind}.pdf"), owner=evidence.OWNER)
        things[f"{kind}_file"] = file.key
        things[f"{kind}_application"] = Application.objects.create(
            person=who[kind], party=party, state="sent", file=file, remark=secret(kind), **given
        )
        evidence.add(party, kind=Evidence.Kind.DOCUMENT, source="stuk", person=who[kind], file=file)
    asked = {**given, "party": things["request"].party, "state": "sent", "proof": "colleague"}
    Application.objects.create(person=who["asker"], remark=secret("asker"), **asked)
    due = localdate() + timedelta(days=9)
    things["case"] = Case.objects.create(party=party, kind="application", due=due)
    things["asked_case"] = Case.objects.create(
        party=things["request"].party, kind="register", due=due, state="asked", question="Waarom?"
    )
    declined = make_party("Oude Lijst", status="none")
    sent = Application.objects.create(
        person=who["declined"], **{**given, "party": declined, "state": "closed"}
    )
    make_mandate(who["declined"], declined, accepted_on=None, ended_on=localdate())
    closed = Case.objects.create(party=declined, kind="application", due=due, state="closed")
    things["decision"] = Decision.objects.create(
        case=closed, party=declined, outcome="decline", reason="Geen eigen lijst.",
        decided_at=now, decided_by=who["leader"],
    )  # fmt: skip
    Application.objects.filter(pk=sent.pk).update(decision=things["decision"])
    things["objection"] = Objection.objects.create(
        decision=things["decision"], person=who["declined"], words=secret("declined"), due=due
    )


def trainings_of(site):
    who, things = site.people, site.things
    ours = things["member_mandate"].party
    training = make_training("leden-werven")
    fields = {"training": training, "trainer": who["trainer"], "asks_diet": True}
    coming = make_edition(online_link="https://zaal.example/geheim", **fields)
    past = make_edition(days=-10, **fields)
    things |= {"training": training.slug, "edition": coming, "past_edition": past}
    things["meeting"], things["past_meeting"] = coming.meetings.get(), past.meetings.get()
    takes = {
        "member_place": (coming, "member", ours, "member"),
        "colleague_place": (coming, "colleague", ours, "member"),
        "applicant_place": (coming, "applicant", things["applied_party"], "applicant"),
        "past_place": (past, "member", ours, "member"),
    }
    for seat, (name, (edition, kind, party, by)) in enumerate(takes.items(), 1):
        things[name] = Registration.objects.create(
            edition=edition, party=party, person=who[kind], booked_by=who[by], state="placed",
            seat=seat, question=secret(kind), diet=secret(kind), signed_up_at=timezone.now(),
            changed_at=timezone.now(), is_provisional=kind == "applicant",
        )  # fmt: skip
    Attendance.objects.create(
        registration=things["past_place"], meeting=things["past_meeting"], was_there=True
    )
    things["place_token"] = token_of(things["member_place"])
    things["evaluation_token"] = EVALUATION.token(things["past_place"].pk, "after")
    theme, town = make_theme(), make_area()
    wish = things["wish"] = Wish.objects.create(theme=theme, region=town.province)
    asked = {"town": town, "people": 3, "room": secret("member"), "text": secret("member")}
    things["member_voice"] = WishVoice.objects.create(
        wish=wish, party=ours, person=who["member"], made_on=localdate(), **asked
    )
    things["applicant_voice"] = WishVoice.objects.create(
        wish=wish, party=things["applied_party"], person=who["applicant"], made_on=localdate(),
        **(asked | {"room": secret("applicant"), "text": ""}),
    )  # fmt: skip
    things["custom"] = CustomRequest.objects.create(
        party=ours, person=who["member"], made_at=timezone.now(), **asked
    )


def pages_of(site):
    who, things = site.people, site.things
    things["colleague"] = who["moderator"]
    article = make_article(steward=who["editor"], checked_on=date(2026, 11, 1))
    things["article"] = article.url.strip("/")
    things["topic"] = article.get_parent().slug
    entry = make_entry(contact_email="hulp@raad.example")
    things |= {"entry": entry.slug, "role": "raadslid", "need": "lastig"}
    things["remark"] = Remark.objects.create(entry=entry, kind="mistake", text="Klopt niet.")
    things["confirm_token"] = asking.token_of(entry)
    things["reaction"] = reactions.ticket(reactions.react(article.url, helped=True))
    things["mailing"] = Mailing.objects.create(
        subject="Nieuwe kalender", body="Beste griffier.", written_by=who["moderator"]
    )
    GriffieAddress.objects.create(
        area=make_area(), email="griffie@assen.example", source="lijst", checked_on=localdate()
    )
    things["election"] = next_election("PS", localdate()).slug
    things["page"] = article
    for kind in ("member", "applicant"):
        address = f"{kind}@merk.example"
        send("parties/mail/removed.md", to=address, purpose="parties.removed", name=secret(kind))
        intake.keep(make_raw(secret(kind), From=address, Subject=secret(kind)), via="test")
