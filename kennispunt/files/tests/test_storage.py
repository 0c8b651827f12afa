"""Files in a store that several machines share, by settings alone: tried with OpenStack Swift."""

import io
from datetime import timedelta
from importlib import import_module

import pytest
from django import forms
from django.conf import settings as site
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django_tasks_db.models import DBTaskResult
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from kennispunt.files import actions, retention
from kennispunt.files.forms import UploadField
from kennispunt.files.models import StoredFile
from kennispunt.files.tests import make
from kennispunt.files.tests.conftest import OWNER
from tests.swift import free_ports

ours = import_module(site.SETTINGS_MODULE)
LATER = timedelta(days=2)


def test_private_files_lie_beside_what_a_web_server_may_show():
    assert ours.MEDIA_ROOT not in [ours.PRIVATE_ROOT, *ours.PRIVATE_ROOT.parents]


def use_store(settings, monkeypatch, **store):
    settings.S3 = ours.S3 | store
    settings.STORAGES = site.STORAGES | ours.IN_BUCKET
    monkeypatch.setattr(StoredFile._meta.get_field("content"), "storage", storages["private"])


@pytest.fixture
def bucket(swift, settings, monkeypatch):
    """All files are in an empty bucket: bucket() gives the names in it."""
    cache.clear()  # Wagtail keeps there which sizes of a picture were made, of other tests too
    name = swift.make_bucket()
    use_store(
        settings, monkeypatch, bucket_name=name, endpoint_url=swift.url, region_name=swift.region,
        access_key=swift.key, secret_key=swift.secret, addressing_style="path",
    )  # fmt: skip
    return lambda: [
        o["Key"] for o in swift.client().list_objects_v2(Bucket=name).get("Contents", [])
    ]


def work():
    """Wagtail leaves deleting to a worker; what it wrote down for that holds no key of the store."""
    for written in DBTaskResult.objects.ready().filter(
        task_path__endswith="delete_file_from_storage_task"
    ):
        assert site.S3["secret_key"] not in str(written.args_kwargs)
        written.task.call(*written.args_kwargs["args"], **written.args_kwargs["kwargs"])


def store(content=None):
    return actions.store(make.upload(content or make.pdf(), "Statuten.pdf"), owner=OWNER)


def test_a_private_file_is_served_by_us_alone(db, bucket, client, make_user, readers):
    paper, photo = store(), store(make.picture("PNG"))
    assert sorted(bucket()) == sorted(f"private/{f.content.name}" for f in (paper, photo))
    assert client.get(paper.get_absolute_url()).status_code == 404

    client.force_login(make_user("anna"))
    answer = client.get(paper.get_absolute_url())
    assert answer.getvalue() == make.pdf()
    assert answer["Content-Length"] == str(paper.size)
    assert answer["Content-Disposition"] == 'attachment; filename="Statuten.pdf"'
    assert client.get(photo.get_absolute_url())["Content-Type"] == "image/png"

    readers.clear()
    assert client.get(paper.get_absolute_url()).status_code == 404


def test_a_file_that_the_store_lost_is_not_there(db, bucket, client, make_user, readers):
    paper = store()
    paper.content.storage.delete(paper.content.name)
    client.force_login(make_user("anna"))

    assert client.get(paper.get_absolute_url()).status_code == 404


def test_what_must_go_goes_from_the_bucket(db, bucket, readers, django_capture_on_commit_callbacks):
    paper, _nobodys = store(), store()
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(paper)
    assert len(bucket()) == 1

    paper.content.storage.save("ab/left-by-a-kill", ContentFile(b"left"))
    assert retention.forget_lost_content(timezone.now()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.forget_lost_content(timezone.now() + LATER) == 1
        assert retention.forget_unclaimed_files(timezone.now() + LATER) == 1
    assert bucket() == []


def test_an_empty_bucket_has_nothing_to_forget(db, bucket):
    assert retention.forget_lost_content(timezone.now() + LATER) == 0


@pytest.fixture
def no_store(settings, monkeypatch):
    """A store where nobody answers."""
    use_store(
        settings, monkeypatch, bucket_name="weg", region_name="nl-test", access_key="x",
        secret_key="x", endpoint_url=f"http://127.0.0.1:{free_ports(1)[0]}",
    )  # fmt: skip


class PapersForm(forms.Form):
    remark = forms.CharField()
    papers = UploadField(owner=OWNER)


def test_a_store_that_is_away_is_said_in_words_and_nothing_typed_is_lost(db, no_store, readers):
    form = PapersForm(
        {"remark": "Een hele brief"}, MultiValueDict({"papers": [make.upload(make.pdf())]})
    )

    assert form.errors == {"papers": [f"brief.pdf: {actions.NO_STORE}"]}
    assert 'value="Een hele brief"' in str(form)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("kind", "content", "name"),
    [("images", make.picture("PNG"), "dorp.png"), ("documents", make.pdf(), "flyer.pdf")],
)
def test_an_editor_hears_that_the_store_is_away(
    db, no_store, client, make_user, kind, content, name
):
    client.force_login(make_user("petra", superuser=True))
    typed = {"title": "Ons dorp", "file": make.upload(content, name), "collection": 1}

    page = client.post(f"/beheer/{kind}/add/", typed)

    assert page.status_code == 200
    assert actions.NO_STORE in page.text
    assert "Ons dorp" in page.text


def test_what_a_store_that_is_away_still_holds_stops_nobody_from_going(
    db, readers, request, django_capture_on_commit_callbacks
):
    store()
    request.getfixturevalue("no_store")

    with django_capture_on_commit_callbacks(execute=True):
        StoredFile.objects.get().delete()

    assert not StoredFile.objects.exists()


def test_pictures_and_documents_of_editors(
    db, bucket, client, make_user, django_capture_on_commit_callbacks
):
    client.force_login(make_user("petra", superuser=True))
    for kind, name, content in (
        ("images", "dorp.png", make.picture("PNG")),
        ("documents", "flyer.pdf", make.pdf()),
    ):
        typed = {"title": "Iets", "file": make.upload(content, name), "collection": 1}
        client.post(f"/beheer/{kind}/add/", typed)
    client.logout()
    image, document = get_image_model().objects.get(), get_document_model().objects.get()

    shown = image.get_rendition("width-20")
    assert shown.url == f"/media/{shown.file.name}"  # never an address of the store
    assert client.get(shown.url)["Content-Type"] == "image/png"
    default_storage.save("images/x.html", io.BytesIO(b"<script>"))
    for other in (image.file.name, "images/x.html", "images/no.png"):
        assert client.get(f"/media/{other}").status_code == 404
    answer = client.get(document.url)
    assert answer.getvalue() == make.pdf()
    assert answer["Content-Disposition"].startswith("attachment; filename=flyer.pdf")

    default_storage.delete("images/x.html")
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
        document.delete()
    work()
    assert bucket() == []


def test_a_full_disk_leaves_no_empty_file(db, readers, monkeypatch, tmp_path):
    """Half of it is written, and then there is no more room."""

    def half(content, chunk_size=None):
        yield b"half"
        raise OSError(28, "No space left on device")

    field = StoredFile._meta.get_field("content")
    monkeypatch.setattr(field, "storage", FileSystemStorage(location=tmp_path))
    monkeypatch.setattr(ContentFile, "chunks", half)

    with pytest.raises(ValidationError, match="nu niet bewaren"):
        actions.store(make.upload(make.pdf()), owner=OWNER)

    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []
