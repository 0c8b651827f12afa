"""Files in a store that several machines share, by settings alone."""

from importlib import import_module

from django.conf import settings
from django.core.files.storage import storages
from django.core.files.storage.handler import StorageHandler

ours = import_module(settings.SETTINGS_MODULE)


def test_private_files_lie_beside_what_a_web_server_may_show():
    assert ours.MEDIA_ROOT not in [ours.PRIVATE_ROOT, *ours.PRIVATE_ROOT.parents]


def test_a_bucket_by_settings_alone(monkeypatch):
    monkeypatch.setattr(ours, "S3_BUCKET", "kennispunt")
    monkeypatch.setenv("S3_ENDPOINT_URL", "https://s3.example.org")
    monkeypatch.setenv("S3_ACCESS_KEY", "who")
    monkeypatch.setenv("S3_SECRET_KEY", "secret")

    store = StorageHandler({"private": ours.in_s3("private")})["private"]

    assert store.bucket.meta.client.meta.endpoint_url == "https://s3.example.org"
    assert (store.bucket.name, store.location, store.default_acl) == ("kennispunt", "private", None)
    assert store.file_overwrite is False
    assert storages["private"] is not store
