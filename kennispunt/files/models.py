"""A file that somebody sent us, and where it lies. Its owner app says who may read it."""

import secrets
import uuid

from django.core.files.storage import storages
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone


def private_storage():
    """Return the store of private files: no folder that a web server shows (settings.STORAGES)."""
    return storages["private"]


def random_path(instance, filename):
    """Nobody can guess it, and nothing of what a person typed is in it."""
    name = secrets.token_hex(20)
    return f"{name[:2]}/{name}"


class StoredFileQuerySet(models.QuerySet):
    def unclaimed(self):
        """To which no row of an owner app points: left behind in a form, or its owner is gone."""
        rows = self
        for relation in self.model._meta.get_fields(include_hidden=True):
            if relation.auto_created and (relation.one_to_many or relation.one_to_one):
                owners = relation.related_model._base_manager
                rows = rows.filter(~Exists(owners.filter(**{relation.field.name: OuterRef("pk")})))
        return rows


class StoredFile(models.Model):
    """One checked file. It is private: reading it asks the app that owns it, at every request.

    The app that owns it has a foreign key to here, and that is the claim. Without one the file
    goes in the nightly clean-up. Deleting the row deletes the file, once that is committed.
    """

    key = models.UUIDField("sleutel", default=uuid.uuid4, unique=True, editable=False)
    owner = models.CharField("hoort bij", max_length=50)
    name = models.CharField("naam", max_length=120)
    content_type = models.CharField("soort", max_length=100)
    size = models.PositiveIntegerField("grootte in bytes")
    digest = models.CharField("SHA-256", max_length=64)
    stored_at = models.DateTimeField("bewaard op", default=timezone.now, db_index=True)
    content = models.FileField(
        "inhoud", storage=private_storage, upload_to=random_path, max_length=60, unique=True
    )

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        ordering = ["stored_at", "pk"]
        verbose_name = "bestand"
        verbose_name_plural = "bestanden"
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_is_not_empty"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("files:file", args=[self.key])

    @property
    def is_picture(self):
        return self.content_type.startswith("image/")
