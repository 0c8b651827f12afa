"""Files as people send them, and as attackers do."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image
from pypdf import PdfWriter

ODT = "application/vnd.oasis.opendocument.text"
ODT_TEXT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'
)


def upload(content, name="brief.pdf"):
    return SimpleUploadedFile(name, content)


def pdf(pages=1, password=None):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    return _written(writer.write)


def docx():
    document = Document()
    document.add_paragraph("Beste griffier")
    return _written(document.save)


def odt(text=ODT_TEXT, **more):
    return package({"mimetype": ODT, "content.xml": text, **more})


def package(parts):
    """A zip with these parts."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return result.getvalue()


def picture(kind="JPEG", size=(40, 30), **saved):
    return _written(Image.new("RGB", size, "teal").save, kind, **saved)


def photo_with_place():
    """As a phone makes it: lying on its side, with who made it and where."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x013B] = "Anna de Wit"
    exif.get_ifd(0x8825)[2] = (52.0, 40.0, 12.0)
    return picture(exif=exif, comment=b"Dorpsstraat 1")


def _written(write, *arguments, **named):
    result = io.BytesIO()
    write(result, *arguments, **named)
    return result.getvalue()
