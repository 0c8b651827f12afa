"""What editors upload in the back office passes the same checks: Wagtail's pictures and documents.

These are public. Documents are always saved, never shown in the page (settings.WAGTAILDOCS_…).
"""

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from kennispunt.files import viruses
from kennispunt.files.kinds import CONTENT_TYPES, DOCUMENTS, EXTENSIONS, PICTURES, check
from kennispunt.files.names import safe_name


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
        return SimpleUploadedFile(
            safe_name(file.name, extension), checked.content, CONTENT_TYPES[checked.kind]
        )


class DocumentForm(_CheckedForm, BaseDocumentForm):
    kinds = DOCUMENTS


class ImageForm(_CheckedForm, BaseImageForm):
    """The picture is drawn anew: place and maker of a photo are not published."""

    kinds = PICTURES
