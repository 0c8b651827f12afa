"""What belongs to nothing goes at night; what somebody owns never does."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection, models
from django.utils import timezone

from kennispunt.files import actions, retention
from kennispunt.files.models import StoredFile, private_storage
from kennispunt.files.tests import make
from kennispunt.files.tests.conftest import OWNER

pytestmark = pytest.mark.django_db
LATER = timezone.now() + timedelta(days=2)


@pytest.fixture
def paper_model():
    """A model of an owner app, with the foreign key that is the claim. Only for this test."""

    class Paper(models.Model):  # noqa: DJ008 - nobody sees it
        file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

        class Meta:
            app_label = "files"

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE files_paper (id integer PRIMARY KEY, file_id bigint)")
    yield Paper
    del apps.all_models["files"]["paper"]
    apps.clear_cache()


def test_what_belongs_to_nothing_goes_after_a_day(paper_model, readers):
    mine, _nobodys = (actions.store(make.upload(make.pdf()), owner=OWNER) for _ in range(2))
    paper_model.objects.create(pk=1, file=mine)

    assert retention.forget_unclaimed_files(timezone.now()) == 0
    assert retention.forget_unclaimed_files(LATER) == 1
    assert list(StoredFile.objects.all()) == [mine]

    paper_model.objects.all().delete()
    assert retention.forget_unclaimed_files(LATER) == 1


def test_content_without_a_row_goes_after_a_day(readers, django_capture_on_commit_callbacks):
    storage = private_storage()
    for folder in storage.listdir("")[0]:
        storage.delete(folder)
    kept = actions.store(make.upload(make.pdf()), owner=OWNER)
    lost = storage.save("ab/abc", ContentFile(b"left by a kill"))

    assert retention.forget_lost_content(timezone.now()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.forget_lost_content(LATER) == 1

    assert not storage.exists(lost)
    assert storage.exists(kept.content.name)
