"""Lists of the back office say what they hold, in Dutch."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.snippets.models import get_snippet_models

from kennispunt.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db
ENGLISH = re.compile(r">\s*(True|False|None|Shown|Purpose|Yes|No)\s*<")


@pytest.mark.thorough
def test_no_list_of_the_back_office_speaks_python(starter, client, make_user):
    client.force_login(make_user("petra", superuser=True))
    for model in get_snippet_models():
        app = f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}"
        page = client.get(reverse(f"{app}:list")).text
        assert ENGLISH.findall(page) == [], model


def test_ticks_are_words(starter, client, make_user):
    client.force_login(make_user("petra", superuser=True))
    page = client.get(reverse("wagtailsnippets_trainings_training:list")).text
    assert re.search(r">\s*ja\s*<", page)


@pytest.mark.parametrize(
    ("purpose", "words"),
    [
        ("parties.decision", "Je aanmelding en je partij"),
        ("trainings.changed", "Je trainingen"),
        ("outreach.griffie", "Brief aan een griffie"),
        ("pages.review", "Een tekst nalezen"),
    ],
)
def test_mail_is_named_in_words(client, make_user, purpose, words):
    client.force_login(make_user("petra", superuser=True))
    OutgoingMail.objects.create(
        to="iemand@example.org", purpose=purpose, subject="Iets", message_id=f"<{purpose}@x>",
        message=b"", due_at=timezone.now(),
    )  # fmt: skip
    page = client.get(reverse("wagtailsnippets_mail_outgoingmail:list")).text
    assert words in page
    assert re.search(rf">\s*{re.escape(purpose)}\s*<", page) is None
