"""A store that several machines share, spoken to as S3 (settings.S3)."""

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class Bucket(S3Storage):
    """One folder of our bucket, which is private: what a page shows of it is at /media/…."""

    def get_default_settings(self):
        return super().get_default_settings() | settings.S3

    def url(self, name, *arguments, **named):
        return settings.MEDIA_URL + filepath_to_uri(name)
