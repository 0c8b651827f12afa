"""What one person may send in a day."""

from datetime import timedelta

import pytest
from allauth.core import context
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils import timezone

from kennispunt.files import quota
from kennispunt.files.forms import Chosen, UploadField
from kennispunt.files.models import StoredFile
from kennispunt.files.tests.make import picture
from kennispunt.limits.models import Count

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture
def sends():
    """sends(anna, 5 * MEGABYTE): whether it is taken."""

    def send(user, size, place="203.0.113.1"):
        request = RequestFactory().post("/", REMOTE_ADDR=place)
        request.user = user
        with context.request_context(request):
            try:
                quota.refuse_too_much(size)
            except ValidationError:
                return False
        return True

    return send


def test_so_much_a_day_and_no_more_for_one_person(sends, make_user, settings):
    settings.FILES_A_DAY_MEGABYTES = 20
    anna, bram = make_user("anna"), make_user("bram")

    assert [sends(anna, 9 * MEGABYTE) for _ in range(4)] == [True, True, False, False]
    assert sends(anna, MEGABYTE)  # what still fits
    assert sends(bram, 9 * MEGABYTE)
    Count.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert sends(anna, 9 * MEGABYTE)


def test_so_many_a_day_however_small(sends, make_user, settings):
    settings.FILES_A_DAY = 3
    anna = make_user("anna")

    assert [sends(anna, 1) for _ in range(5)] == [True] * 3 + [False] * 2


def test_who_is_not_signed_in_is_a_place(sends, settings):
    settings.FILES_A_DAY = 2

    assert [sends(AnonymousUser(), 1) for _ in range(3)] == [True, True, False]
    assert sends(AnonymousUser(), 1, place="203.0.113.2")


def test_the_field_says_so_and_keeps_what_was_there(make_user, settings, rf):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.FILES_A_DAY = 1
    request = rf.post("/")
    request.user = make_user("anna")
    field = UploadField(owner="parties.evidence", count=3)
    uploads = [SimpleUploadedFile(f"{n}.png", picture("PNG")) for n in range(2)]

    with context.request_context(request), pytest.raises(ValidationError) as problem:
        field.clean(Chosen(uploads))

    assert "Ga morgen verder" in problem.value.messages[0]
    assert [file.name for file in field.stored] == ["0.png"]
    assert StoredFile.objects.count() == 1
