"""Dangers in a document, for those who open it: running, fetching, or carrying a file along.

The staff opens evidence that strangers send. A document that only shows its text has none of this;
printed as PDF again, it loses it.
"""

import re
from pathlib import PurePosixPath
from time import thread_time

from django.core.exceptions import ValidationError
from lxml import etree
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

ACTIVE = (
    "In dit bestand zit iets dat vanzelf iets doet of ophaalt als iemand het opent. "
    "Druk het af als pdf en kies dat bestand."
)
ODDLY_MADE = "Dit bestand is vreemd ingepakt. Druk het af als pdf en kies dat bestand."
HALF_READ = (
    "Een deel van dit bestand konden we niet lezen. Druk het af als pdf en kies dat bestand."
)

# --- PDF ----------------------------------------------------------------------------------------

ACTS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition",
    "/Movie", "/Sound", "/RichMediaExecute",
}  # fmt: skip
CARRIES = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
IN_BYTES = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia)\b")
IN_OBJECTS = re.compile(rb"(?:%s)\b" % "|".join(sorted(ACTS | CARRIES)).encode())
BY_NUMBER = re.compile(rb"#([0-9A-Fa-f]{2})")  # /J#61vaScript is /JavaScript
MOST_OBJECTS = 200_000
MOST_SECONDS = 5  # an object that is not where it should be is sought in the whole file


def look_through_pdf(reader, content: bytes) -> None:
    """ValidationError when any object acts by itself, carries a file or cannot be read, or when it
    takes too long.
    """
    objects = {(number, generation) for generation, one in reader.xref.items() for number in one}
    objects |= {(number, 0) for number in reader.xref_objStm}
    if len(objects) > MOST_OBJECTS or IN_BYTES.search(content):
        raise ValidationError(ACTIVE)
    look_through_packed(reader)
    found, until = [reader.trailer], thread_time() + MOST_SECONDS
    for number, generation in sorted(objects):
        if thread_time() > until:
            raise ValidationError(ODDLY_MADE)
        try:
            found.append(IndirectObject(number, generation, reader).get_object())
        except Exception as problem:
            raise ValidationError(HALF_READ) from problem
    while found:
        one = found.pop()
        if isinstance(one, DictionaryObject):
            if acts(one):
                raise ValidationError(ACTIVE)
            found += direct(dict.values(one))
        elif isinstance(one, ArrayObject):
            found += direct(list.__iter__(one))


def look_through_packed(reader) -> None:
    """The same for what lies in compressed streams, by its bytes. Of an object that is made oddly
    pypdf gives a part or nothing, where the program of a reader may find more.
    """
    for number in {stream for stream, _ in reader.xref_objStm.values()}:
        try:
            content = unpacked(IndirectObject(number, 0, reader).get_object())
        except Exception as problem:
            raise ValidationError(HALF_READ) from problem
        if IN_OBJECTS.search(BY_NUMBER.sub(lambda sign: bytes.fromhex(sign[1].decode()), content)):
            raise ValidationError(ACTIVE)


def unpacked(stream) -> bytes:
    """Unpack a stream of objects. ValueError when it is not what its beginning says."""
    content = stream.get_data()
    numbers = [int(one) for one in content[: stream["/First"]].split()]
    if len(numbers) != 2 * stream["/N"] or max(numbers[1::2], default=0) > len(content):
        raise ValueError("no stream of objects")
    return content


def direct(values):
    """Not what these point to: each of those is looked at by itself."""
    return [value for value in values if not isinstance(value, IndirectObject)]


def acts(one: DictionaryObject) -> bool:
    kind = dict.get(one, "/S")
    return bool(CARRIES & set(one)) or (isinstance(kind, str) and kind in ACTS)


# --- Word and ODF -------------------------------------------------------------------------------

FIELDS = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b", re.IGNORECASE)
LISTENS = {
    "event-listener", "dde-connection-decl", "dde-source", "applet", "plugin", "object-ole",
    "script", "altChunk", "control", "OLEObject",
}  # fmt: skip
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|/|\\|(?:\./)*\.\.(?:/|$))", re.IGNORECASE)
HREF = "{http://www.w3.org/1999/xlink}href"
SHEETS = (".xlsx", ".docx", ".pptx")


def look_through_names(names: list[str]) -> None:
    """ValidationError when a part lies outside the package, or twice in it, or is a program."""
    for name in names:
        if name.startswith("/") or re.search(r"\\|:|\0", name) or ".." in PurePosixPath(name).parts:
            raise ValidationError(ODDLY_MADE)
        low = name.lower()
        embedded = "/embeddings/" in f"/{low}" and not low.endswith((*SHEETS, "/"))
        if embedded or "/activex/" in f"/{low}":
            raise ValidationError(ACTIVE)
    if len({name.lower() for name in names}) < len(names):
        raise ValidationError(ODDLY_MADE)


def look_through_xml(name: str, root) -> None:
    """ValidationError when this part of a Word or ODF file fetches or runs something."""
    if root.getroottree().docinfo.doctype:
        raise ValidationError(ACTIVE)
    if name.lower().endswith(".rels"):
        if any(fetches(one) for one in root.iter("{*}Relationship")):
            raise ValidationError(ACTIVE)
        return
    words = []
    for one in root.iter(etree.Element):
        local = etree.QName(one).localname
        if local in ("instrText", "fldSimple"):
            instr = next((value for key, value in one.attrib.items() if key.endswith("instr")), "")
            words.append(instr or one.text or "")
        href = one.get(HREF, "").strip()
        outside = local not in ("a", "template") and ELSEWHERE.match(href)
        if local in LISTENS or outside:
            raise ValidationError(ACTIVE)
    if FIELDS.search("".join(words)) or FIELDS.search(" ".join(words)):
        raise ValidationError(ACTIVE)


def fetches(relationship) -> bool:
    """Whether Word gets it from elsewhere when the file is opened; a link waits for a click."""
    outside = relationship.get("TargetMode", "").lower() == "external"
    return outside and not relationship.get("Type", "").endswith("/hyperlink")
