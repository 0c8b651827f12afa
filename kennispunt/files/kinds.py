"""The real kind of a file: found in its content, and sure only when it opens as that.

The name and the type that a browser says are never believed.
"""

import io
import zipfile
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from lxml import etree
from PIL import Image, ImageOps
from pypdf import PdfReader

from kennispunt.files import harmless
from kennispunt.ui.dutch import listed

DOCUMENTS = ("pdf", "docx", "odt")
PICTURES = ("jpeg", "png", "webp")
ALL = DOCUMENTS + PICTURES

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
EXTENSIONS = {kind: kind for kind in ALL} | {"jpeg": "jpg"}
IN_WORDS = {"pdf": "pdf", "docx": "Word (docx)", "odt": "odt"} | dict.fromkeys(PICTURES, "foto")

LONGEST_TAIL = 1024  # bytes after the end of a PDF; readers look for the end in the last 1,024
MOST_PARTS = 2_000  # files inside a docx or odt
MOST_UNPACKED = 100 * 1024 * 1024
LARGEST_PART = 30 * 1024 * 1024  # of what we open ourselves: the text

BROKEN = "Dit bestand gaat niet open. Sla het opnieuw op en kies het dan nog een keer."
PROTECTED = "Dit bestand zit op slot met een wachtwoord. Sla het op zonder wachtwoord en kies het."
TOO_LARGE_INSIDE = (
    "Dit bestand wordt te groot als we het openen. Sla het op als pdf en kies dat bestand."
)


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its content may differ from what was sent."""

    kind: str
    content: bytes


def check(content: bytes, kinds=ALL) -> Checked:
    """The kind and what to keep of it. ValidationError, in Dutch, when it must not be kept."""
    kind = _kind_by_first_bytes(content)
    if kind not in kinds:
        raise ValidationError(f"Kies een {in_words(kinds)}. Dit bestand is iets anders.")
    if kind in PICTURES:
        return Checked(kind, _picture_made_anew(content, kind))
    (_open_pdf if kind == "pdf" else _open_text)(content, kind)
    return Checked(kind, content)


def in_words(kinds) -> str:
    """The kinds as a reader knows them: "pdf, Word (docx) of foto"."""
    return listed(dict.fromkeys(IN_WORDS[kind] for kind in ALL if kind in kinds), "of")


def _kind_by_first_bytes(content):
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_package(content)
    return None


# --- Pictures ---------------------------------------------------------------------------------


def _picture_made_anew(content, kind):
    """The same picture, drawn again: upright, no larger than needed, and nothing else with it.

    What hid behind or between the pixels (a place, a name, a second file) is not drawn.
    """
    try:
        with Image.open(io.BytesIO(content), formats=[kind.upper()]) as picture:
            # The size stands in the first bytes: a bomb is refused before it is unpacked.
            if picture.width * picture.height > settings.FILES_MAX_PIXELS:
                raise ValidationError(
                    "Deze foto is te groot. Maak hem kleiner, of kies een andere."
                )
            edge = settings.FILES_PICTURE_EDGE
            picture.draft("RGB", (edge, edge))  # a JPEG is unpacked no larger than we need
            drawn = ImageOps.exif_transpose(picture)
            drawn = drawn.convert("RGBA" if drawn.has_transparency_data else "RGB")
    except ValidationError:
        raise
    except Exception as problem:  # Pillow raises what the file makes it raise
        raise ValidationError(BROKEN) from problem
    drawn.thumbnail((edge, edge))
    bare = Image.new(drawn.mode, drawn.size)
    bare.paste(drawn)
    if kind == "jpeg":
        bare = bare.convert("RGB")
    result = io.BytesIO()
    bare.save(result, kind.upper(), quality=85, optimize=True)
    return result.getvalue()


# --- PDF ----------------------------------------------------------------------------------------


def _open_pdf(content, kind):
    """Refuse what is no PDF inside. The bytes stay as they are: a deed may carry a signature."""
    tail = content.rpartition(b"%%EOF")
    if not tail[1] or len(tail[2]) > LONGEST_TAIL:
        raise ValidationError(BROKEN)
    try:
        # pypdf stops by itself at what unpacks too large.
        reader = PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else len(reader.pages)
        if not locked:
            harmless.look_through_pdf(reader, content)
    except ValidationError:
        raise
    except Exception as problem:  # pypdf raises what the file makes it raise
        raise ValidationError(BROKEN) from problem
    if locked:
        raise ValidationError(PROTECTED)
    if not pages:
        raise ValidationError(BROKEN)


# --- Word and ODF: a zip with XML inside ------------------------------------------------------


def _kind_of_package(content):
    """docx or odt by what the package says it is; macros make it something else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            if "mimetype" in names:
                said = _read(package, "mimetype").strip().decode("ascii", "replace")
                return "odt" if said == CONTENT_TYPES["odt"] else None
            if "[Content_Types].xml" in names:
                main = f"{CONTENT_TYPES['docx']}.main+xml".encode()
                return "docx" if main in _read(package, "[Content_Types].xml") else None
    except ValidationError:
        raise
    except Exception:  # zipfile raises what the file makes it raise
        return None
    return None


def _open_text(content, kind):
    """Refuse a bomb, macros, what acts by itself, and a text that does not open."""
    part, root = {
        "docx": ("word/document.xml", "document"),
        "odt": ("content.xml", "document-content"),
    }[kind]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
                raise ValidationError(TOO_LARGE_INSIDE)
            if any(p.flag_bits & 1 for p in parts):
                raise ValidationError(PROTECTED)
            if any(_is_program(p.filename) for p in parts):
                raise ValidationError(
                    "Er zitten macro’s in dit bestand. Sla het op als pdf en kies dat bestand."
                )
            harmless.look_through_names([p.filename for p in parts])
            text = _xml(_read(package, part))
            for one in parts:
                if one.filename.lower().endswith((".xml", ".rels", ".rdf")):
                    found = text if one.filename == part else _xml(_read(package, one.filename))
                    harmless.look_through_xml(one.filename, found)
    except ValidationError:
        raise
    except Exception as problem:  # zipfile and lxml raise what the file makes them raise
        raise ValidationError(BROKEN) from problem
    if etree.QName(text).localname != root:
        raise ValidationError(BROKEN)


def _is_program(name):
    name = name.lower()
    return "vbaproject" in name or "vbadata" in name or name.startswith(("basic/", "scripts/"))


def _read(package, name):
    """One part. The size that a zip says may be a lie, so no more is unpacked than is allowed."""
    with package.open(name) as part:
        data = part.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise ValidationError(TOO_LARGE_INSIDE)
    return data


def _xml(data):
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)
