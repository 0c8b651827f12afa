"""Every PDF of the house: tagged (PDF/UA-1), made by typst, in fonts that come with our packages.

Words go to typst as data, never as source, so nothing in them can be an instruction there. PDF/UA
allows no sign without a glyph: one that no font has would stop the whole document. It is left out
instead, and the document says so (paper.typ).
"""

import ast
import json
import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

from kennispunt.ui.cleaning import printable

HERE = Path(__file__).parent
SHARED = {"paper.typ": (HERE / "paper.typ").read_bytes()}
PROBE = b'#import "paper.typ": fonts\n#set document(title: "x")\n#set text(font: fonts)\n' + (
    b"#json(bytes(sys.inputs.said))"
)
NAMED = re.compile(r'(?:text|codepoint) `("(?:[^"\\]|\\.)*")`')
LATIN = "\u024f"  # what the first font surely has ends here


def pdf(layout: bytes, said: dict, *, files: dict[str, bytes] | None = None, timestamp=None):
    """The layout with what it says: `said` as JSON, with the number of signs `left_out` added.

    `files`: what the layout opens by name; they exist only in memory.
    """
    signs = signs_of(said)
    lost = {sign for sign in signs if not printable(sign)}
    while True:
        shown = {**without(said, lost), "left_out": len(lost)}
        try:
            return compiled(layout, shown, files=files, timestamp=timestamp)
        except typst.TypstError as problem:
            more = {sign for sign in signs - lost if not has_glyph(sign)}
            more = more or named(problem) & signs - lost or joining(signs - lost)
            if not more:
                raise
            lost |= more


def compiled(layout, said, *, files=None, timestamp=None) -> bytes:
    return typst.compile(
        {"main": layout, **SHARED, **(files or {})}, format="pdf", pdf_standards=["ua-1"],
        sys_inputs={"said": json.dumps(said, ensure_ascii=False)}, timestamp=timestamp,
        font_paths=fonts(), ignore_system_fonts=True,
    )  # fmt: skip


@cache
def fonts() -> typst.Fonts:
    """The same on every machine: those inside typst, and those of two packages."""
    folders = [
        Path(find_spec(name).origin).parent for name in ("manimgx_fonts", "manimgx_fonts_cjk")
    ]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def signs_of(value) -> set[str]:
    """Every sign in the texts of a value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return set().union(*map(signs_of, value))
    return set(value) if isinstance(value, str) else set()


@cache
def has_glyph(sign: str) -> bool:
    """Whether any of our fonts can show it; asked only when a document did not succeed."""
    if sign.isascii() and (sign.isprintable() or sign.isspace()):
        return True
    try:
        compiled(PROBE, sign)
    except typst.TypstError:
        return False
    return True


def named(problem: typst.TypstError) -> set[str]:
    """The signs that the error is about: each has a glyph, but not together with its neighbours."""
    found = NAMED.search(str(problem))
    # Rust writes \u{1f600} where Python has \U0001f600.
    text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: f"\\U{m[1]:0>8}", found[1]) if found else '""'
    signs = ast.literal_eval(text)
    return {one for one in signs if one > LATIN} or {one for one in signs if not one.isascii()}


def joining(signs: set[str]) -> set[str]:
    """Accents apart, and what is unseen: with the wrong neighbour a letter has no glyph."""
    return {sign for sign in signs if unicodedata.category(sign) in ("Mn", "Mc", "Me", "Cf")}


def without(value, lost: set[str]):
    """The same words without these signs."""
    if isinstance(value, str):
        return "".join(sign for sign in value if sign not in lost) if lost else value
    if isinstance(value, dict):
        return {key: without(one, lost) for key, one in value.items()}
    return [without(one, lost) for one in value] if isinstance(value, list | tuple) else value
