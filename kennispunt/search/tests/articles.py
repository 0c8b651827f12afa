"""Reads the articles and terms of inhoud/ as entries, so that the search is measured on the real texts."""

import re
import tomllib
from pathlib import Path

from kennispunt.search.index import Entry, Passage

FOLDER = Path(__file__).resolve().parents[3] / "inhoud" / "artikelen"
TERMS = FOLDER.parent / "begrippen.toml"
MARKUP = re.compile(r"\{\{[^}]*\}\}|\[([^]]*)\]\([^)]*\)|[*_`|]|^[-#>]+ ", re.MULTILINE)


def plain(text: str) -> str:
    return " ".join(MARKUP.sub(r"\1", text).split())


def passages(body: str):
    """Each section, and each question of "Vragen", with its heading."""
    for part in re.split(r"^#{2,3} ", body, flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        if heading.strip() != "In het kort" and text.strip():
            yield Passage(plain(heading), plain(text))


def article_entries(keys=None):
    for file in sorted(FOLDER.glob("*.md")):
        _, front, body = file.read_text("utf-8").split("+++\n", 2)
        said = tomllib.loads(front)
        if keys is None or said["slug"] in keys:
            short = re.search(r"## In het kort\n(.*?)(?=\n## |\Z)", body, re.DOTALL)
            yield Entry(
                key=said["slug"],
                title=said["titel"],
                url=f"/onderwerpen/{said['onderwerp']}/{said['slug']}/",
                lead=said["samenvatting"],
                passages=[
                    Passage("", plain(short[1])) if short else Passage("", ""),
                    *passages(body),
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
