"""What is forgotten of how people sign in."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from kennispunt.accounts.retention import forget_sessions


@pytest.mark.django_db
def test_session_that_is_over_is_forgotten_with_its_address(client, make_user):
    anna = make_user("anna")
    client.force_login(anna)
    alive = client.session.session_key
    now = timezone.now()
    for key, ends in ((alive, now + timedelta(days=1)), ("over", now - timedelta(hours=1))):
        Session.objects.update_or_create(session_key=key, defaults={"expire_date": ends})
    for key in (alive, "over", "ended"):
        UserSession.objects.update_or_create(
            session_key=key, defaults={"user": anna, "ip": "127.0.0.1", "user_agent": "proef"}
        )

    forget_sessions(now)

    assert list(UserSession.objects.values_list("session_key", flat=True)) == [alive]
    assert list(Session.objects.values_list("session_key", flat=True)) == [alive]
