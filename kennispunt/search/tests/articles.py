"""Reads the texts of inhoud/ as entries, so that the search is measured on the real texts."""

import re
import tomllib
from functools import cache
from pathlib import Path

from kennispunt.search.index import Entry, Passage

CONTENT = Path(__file__).resolve().parents[3] / "inhoud"
TERMS = CONTENT / "begrippen.toml"
CODE = Path(__file__).resolve().parents[2]
MARKUP = re.compile(r"\[([^]]*)\]\([^)]*\)|[*_`|]|^[-#>]+ ", re.MULTILINE)
REFERENCE = re.compile(r"\{\{(\w+): ([\w-]+)[^}]*\}\}")


def plain(text: str) -> str:
    return " ".join(MARKUP.sub(r"\1", REFERENCE.sub(as_shown, text)).split())


def as_shown(reference) -> str:
    """What the site shows for a reference, roughly: the amounts, places and names in it are found.

    From the files of the apps above, which we may not import. Days and laws are left out.
    """
    return read(reference[1]).get(reference[2], "")


@cache
def read(kind: str) -> dict[str, str]:
    if kind == "feit":
        rows = tomllib.loads((CODE / "facts" / "data" / "feiten.toml").read_text("utf-8"))
        latest = {name: row[-1] if isinstance(row, list) else row for name, row in rows.items()}
        return {name: f"{row['waarde']} {row['eenheid']}" for name, row in latest.items()}
    if kind not in ("stembureau", "kieskringen"):
        return {}
    rows = tomllib.loads((CODE / "elections" / "data" / "bureaus.toml").read_text("utf-8"))
    del rows["checked"]
    if kind == "kieskringen":
        return {
            code: ", ".join(ring["name"] for ring in row.get("kieskring", ()))
            for code, row in rows.items()
        }
    shown = ("seat", "visit", "post", "phone", "mail")
    return {code: " ".join(row.get(one, "") for one in shown) for code, row in rows.items()}


def passages(body: str):
    """Each section, and each question of "Vragen", with its heading."""
    for part in re.split(r"^#{2,3} ", body, flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        if heading.strip() != "In het kort" and text.strip():
            yield Passage(plain(heading), plain(text))


def passages_of(body: str) -> list[Passage]:
    """What is said in short first, then each section and question."""
    short = re.search(r"## In het kort\n(.*?)(?=\n## |\Z)", body, re.DOTALL)
    return [Passage("", plain(short[1]) if short else ""), *passages(body)]


def pages_of(folder: str):
    """What is said of each page of a folder, and its text."""
    for file in sorted((CONTENT / folder).glob("*.md")):
        _, front, body = file.read_text("utf-8").split("+++\n", 2)
        yield tomllib.loads(front), body


def article_entries(keys=None):
    for said, body in pages_of("artikelen"):
        if keys is None or said["slug"] in keys:
            yield Entry(
                key=said["slug"],
                title=said["titel"],
                url=f"/onderwerpen/{said['onderwerp']}/{said['slug']}/",
                lead=said["samenvatting"],
                passages=[
                    *passages_of(body),
                    *(Passage(words, "") for words in said.get("zoekwoorden", ())),
                ],
            )


def term_entries(keys=None):
    """The terms explained, each found by its abbreviation and synonyms as well."""
    for slug, said in tomllib.loads(TERMS.read_text("utf-8")).items():
        if keys is None or slug in keys:
            also = ", ".join([said.get("afkorting", ""), *said.get("synoniemen", [])]).strip(", ")
            yield Entry(
                key=slug,
                title=said["term"],
                url=f"/begrippen/{slug}/",
                lead=plain(said["betekenis"]),
                passages=[Passage(also, plain(said["betekenis"]))] if also else [],
            )


def signpost_entries(keys=None):
    """The organisations of the signpost, each found by what a reader needs as well."""
    for said, body in pages_of("wegwijzer"):
        if keys is None or said["slug"] in keys:
            yield Entry(
                key=said["slug"],
                title=said["titel"],
                url=f"/wegwijzer/{said['slug']}/",
                lead=said["samenvatting"],
                passages=[Passage(" ".join(said["nodig"]), plain(body))],
            )


def dossier_entries(keys=None):
    for said, body in pages_of("dossiers"):
        if keys is None or said["slug"] in keys:
            yield Entry(
                key=said["slug"],
                title=said["titel"],
                url=f"/dossiers/{said['slug']}/",
                lead=said["samenvatting"],
                passages=passages_of(body),
            )
