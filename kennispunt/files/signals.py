"""A row that is deleted takes its content along, by whatever way it went, once committed."""

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from kennispunt.files.models import StoredFile


@receiver(post_delete, sender=StoredFile)
def delete_content(sender, instance, **kwargs):
    content = instance.content

    def delete():
        content.storage.delete(content.name)

    # A store that is away stops nobody: what stays there is cleaned up at night.
    transaction.on_commit(delete, robust=True)
