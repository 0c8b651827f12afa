"""The picture that others show when they link to a page: its title on a sheet of ours, as PNG."""

from io import BytesIO
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
GROUND, INK, SOFT, YELLOW = "#f3f5ef", "#14282b", "#384d50", "#ffd45a"
# The seven dots of our mark (ui/mark.html); the last one is lit.
DOTS = [(10, 6), (5, 15), (15, 15), (10, 24), (20, 24), (25, 15)]
LIT = (21, 5.6)
MOST_LINES = 3


def card(title: str, kind: str) -> bytes:
    """A card with this title, and above it what kind of text it is."""
    picture = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, SIZE[0], 18), fill=YELLOW)
    mark(draw, left=80, top=78, scale=3.2)
    draw.text((196, 92), "kennispunt", font=ImageFont.load_default(52), fill=INK)
    draw.text((80, 236), kind, font=ImageFont.load_default(36), fill=SOFT)
    lines = wrap(title, 26)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][:24]} …"]
    for number, line in enumerate(lines):
        place = (80, 296 + 98 * number)
        draw.text(place, line, font=ImageFont.load_default(82), fill=INK)
    file = BytesIO()
    picture.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def mark(draw, *, left, top, scale):
    def dot(x, y, radius, colour):
        x, y, radius = left + x * scale, top + y * scale, radius * scale
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)

    for x, y in DOTS:
        dot(x, y, 3.4, INK)
    dot(*LIT, 5, YELLOW)
