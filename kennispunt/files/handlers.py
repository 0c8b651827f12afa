"""The reception of uploads: one larger than we would ever keep does not fill the disk first."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class SizeLimit(FileUploadHandler):
    """First of FILE_UPLOAD_HANDLERS: reads on past the limit, and lets nothing of it through.

    The form then says in words that the file is too large; a broken connection says nothing.
    """

    def new_file(self, *arguments, **named):
        super().new_file(*arguments, **named)
        self.limit = settings.FILES_MAX_MEGABYTES * 1024 * 1024

    def receive_data_chunk(self, raw_data, start):
        return raw_data if start <= self.limit else None

    def file_complete(self, file_size):
        if file_size <= self.limit:
            return None
        return UploadedFile(None, self.file_name, self.content_type, file_size)
