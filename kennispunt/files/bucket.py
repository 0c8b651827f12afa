"""A store that several machines share, spoken to as S3 (settings.S3)."""

from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


@contextmanager
def trouble_as_of_a_disk():
    """OSError when the store does not answer or refuses, as of a disk that is full or gone."""
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as problem:
        raise OSError(f"The store of files: {problem}") from problem


class Bucket(S3Storage):
    """One folder of our bucket, which is private: what a page shows of it is at /media/…."""

    def get_default_settings(self):
        ours = settings.S3
        config = Config(
            s3={"addressing_style": ours["addressing_style"]},
            signature_version=ours["signature_version"],
            # Somebody waits at the screen.
            connect_timeout=5, read_timeout=20, retries={"total_max_attempts": 2},
        )  # fmt: skip
        return super().get_default_settings() | ours | {"client_config": config}

    def exists(self, name):
        with trouble_as_of_a_disk():
            return super().exists(name)

    def _save(self, name, content):
        with trouble_as_of_a_disk():
            return super()._save(name, content)

    def url(self, name, *arguments, **named):
        return settings.MEDIA_URL + filepath_to_uri(name)
