"""Uploads of editors in the back office pass the same checks: Wagtail's pictures and documents.

These are public. Documents are always saved, never shown in the page (settings.WAGTAILDOCS_…).
"""

import logging

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from kennispunt.files import viruses
from kennispunt.files.actions import NO_STORE
from kennispunt.files.kinds import CONTENT_TYPES, DOCUMENTS, EXTENSIONS, PICTURES, check
from kennispunt.files.names import stored_name

log = logging.getLogger(__name__)


class _CheckedForm:
    kinds = ()

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        file.seek(0)
        sent = file.read()
        viruses.refuse_infected(sent)
        checked = check(sent, self.kinds)
        extension = EXTENSIONS[checked.kind]
        _refuse_without_store()
        return SimpleUploadedFile(
            stored_name(file.name, extension), checked.content, CONTENT_TYPES[checked.kind]
        )


def _refuse_without_store():
    """Wagtail keeps the file after the form: then it is too late to say so in words."""
    try:
        default_storage.exists("images")
    except OSError as problem:
        log.exception("The store of files does not answer.")
        raise ValidationError(NO_STORE) from problem


class DocumentForm(_CheckedForm, BaseDocumentForm):
    kinds = DOCUMENTS


class ImageForm(_CheckedForm, BaseImageForm):
    """The picture is drawn anew: place and maker of a photo are not published."""

    kinds = PICTURES
