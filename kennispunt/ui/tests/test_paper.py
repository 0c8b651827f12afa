"""Every PDF of the house: any name, in any script; a sign that no font has is left out and told."""

from concurrent.futures import ThreadPoolExecutor

import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kennispunt.ui import paper

LAYOUT = b"""#import "paper.typ": fonts, left-out
#let said = json(bytes(sys.inputs.said))
#set document(title: "Proef")
#set text(lang: "nl", font: fonts)
= Proef
#text(weight: "bold", said.name)

#left-out(said.left_out)
"""


def words(raw):
    document = pypdfium2.PdfDocument(raw)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


NAMES = [
    "Łukasz Øster-Żółć", "Ştefan Ğül", "Nguyễn Thị Hà", "Иван Петренко", "Ελένη", "王小明", "山田花子",
    "김철수", "සිංහල", "اسم عربي", "שלום כהן", "नाम", "ไทย", "ქართული", "Հայաստան", "አማርኛ", "தமிழ்",
    "বাংলা", "ਪੰਜਾਬੀ", "ລາວ", "ខ្មែរ", "မြန်မာ", "Ana 😀", "👩‍👩‍👧 🇳🇱 👍🏽", "Zoë’s ‘plek’ – 5 €", "♥ ✓ → ☃",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_shown(name):
    made = words(paper.pdf(LAYOUT, {"name": name}))

    assert "geen letter" not in made
    if name.isascii() or name[0] < "\u0530":  # of other scripts the order of signs may differ
        assert name in made.replace("\r\n", " ")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Jan 𒀀", "geen letter voor één teken"),
        ("Jan \ua9cb ꓸ𒀀\u0378", "geen letter voor"),
        ("Jan\x00\x07", "geen letter voor 2 tekens"),
        ("Jan \ud83d", "geen letter voor één teken"),
        ("𒀀", "geen letter voor één teken"),
    ],
)
def test_sign_that_no_font_has_is_left_out_and_told(name, told):
    made = words(paper.pdf(LAYOUT, {"name": name}))

    assert told in made
    assert ("Jan" in made) == ("Jan" in name)


@settings(max_examples=150)
@given(st.text(st.characters(), max_size=30))
@example("\ue225\ue074\u1056\uea2f\u2260\ub81c")  # each is known, not all beside each other
@example("\ufe26\u0ebc\u98b6\u88e6")
@example("\"\\'`#$*_<@")
def test_no_sign_stops_a_document(name):
    assert paper.pdf(LAYOUT, {"name": name}).startswith(b"%PDF-")


def test_the_fonts_may_be_used_by_threads_that_start_together():
    """Nothing that is not made for threads is shared: from a cold start, eight at once."""
    expected = [words(paper.pdf(LAYOUT, {"name": name})) for name in NAMES]
    for _ in range(3):
        paper.fonts.cache_clear()
        paper.has_glyph.cache_clear()
        with ThreadPoolExecutor(8) as threads:
            made = list(threads.map(lambda name: paper.pdf(LAYOUT, {"name": name}), NAMES))
        assert [words(raw) for raw in made] == expected


def test_what_people_type_is_data():
    made = words(paper.pdf(LAYOUT, {"name": '#sys.panic("nee") $x$ *y*'}))

    assert '#sys.panic("nee") $x$ *y*' in made
