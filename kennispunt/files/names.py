"""The name of a file as people sent it, made safe to show, to save and to send on."""

import unicodedata

LONGEST = 100  # of the name without its extension, in bytes: file systems stop at 255
# Signs that a file system or a shell on somebody's computer would read as more than a letter.
SPECIAL = set('<>:"|?*`$;&%\\/')


def stored_name(raw: str, extension: str) -> str:
    """`../../x` becomes `x.pdf`. The extension is that of the real content, never the one typed."""
    stem = shown_name(raw)
    if "." in stem.lstrip("."):
        stem = stem.rpartition(".")[0]
    stem = stem.encode()[:LONGEST].decode(errors="ignore").strip(" .-")
    return f"{stem or 'bestand'}.{extension}"


def shown_name(raw: str) -> str:
    """The name as it was sent, for a message: without what a name can do to a page or a path."""
    last = unicodedata.normalize("NFC", raw or "").replace("\\", "/").rpartition("/")[2]
    # Category C holds line ends, and the marks that turn the direction of reading: "exe.fdp".
    kept = (
        " " if char.isspace() else char
        for char in last
        if char not in SPECIAL and (char.isspace() or unicodedata.category(char)[0] != "C")
    )
    return " ".join("".join(kept).split())
