"""A row that is deleted takes its content along, by whatever way it went, once committed."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from kennispunt.files.models import StoredFile


@receiver(post_delete, sender=StoredFile)
def delete_content(sender, instance, **kwargs):
    content = instance.content
    transaction.on_commit(partial(content.storage.delete, content.name))
