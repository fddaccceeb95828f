"""What writers of pictures make of a frame, read back by readers that are not ours."""

from __future__ import annotations

import json
import re
import struct
import zlib
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from lifecycle_tui.export.pictures.animated import animated_svg
from lifecycle_tui.export.pictures.cast import cast
from lifecycle_tui.export.pictures.formats import ENDING_OF, ENDINGS, FILMS, STILLS, moving, still
from lifecycle_tui.export.pictures.frame import Frame, Ink, Span
from lifecycle_tui.export.pictures.html import html
from lifecycle_tui.export.pictures.png import glyphs, png, strangers
from lifecycle_tui.export.pictures.shapes import shape
from lifecycle_tui.export.pictures.svg import CELL, LINE, MARGIN, svg
from lifecycle_tui.tui.skin import HEADS, LOOKS
from tests.export.frames import BASE, LIT, WIDTH, film, frame, row, span

SVG = "{http://www.w3.org/2000/svg}"
PICTURE = frame(
    row(span("e1 <&> "), span("R", LIT), span("▓▓", LIT)),
    row(span("──"), Span("漢", BASE, 2), span(" x")),
    row(),
)


def parsed(document: str) -> ET.Element:
    return ET.fromstring(document)


def fetched(document: str) -> list[str]:
    """Return everything that a reader would have to fetch."""
    without = document.replace('xmlns="http://www.w3.org/2000/svg"', "")
    return re.findall(r"https?:|url\(|@import|<script|src=|href=", without)


def test_an_svg_has_its_title_its_letters_in_their_cells_and_nothing_to_fetch() -> None:
    document = svg(PICTURE)
    root = parsed(document)
    assert root.findtext(f"{SVG}title") == PICTURE.title
    assert root.get("width") == str(WIDTH * CELL + 2 * MARGIN)
    assert root.get("height") == str(3 * LINE + 2 * MARGIN)
    texts = {(text.text, text.get("x"), text.get("textLength")) for text in root.iter(f"{SVG}text")}
    assert texts == {
        ("e1 <&>", "0", "60"),
        ("R", "70", "10"),
        ("漢", "20", "20"),
        ("x", "50", "10"),
    }
    assert not fetched(document)


def test_an_svg_draws_lines_and_blocks_as_shapes() -> None:
    root = parsed(svg(frame(row(span("─█ ▒")))))
    paths = [(path.get("d"), path.get("fill-opacity")) for path in root.iter(f"{SVG}path")]
    assert paths == [("M0 9.64H10V10.36H0zM10 0H20V20H10z", None), ("M30 0H40V20H30z", "0.5")]
    assert not list(root.iter(f"{SVG}text"))


def test_an_underlined_fill_is_underlined() -> None:
    ink = Ink("#ff0000", BASE.paper, underline=True)
    paths = [path.get("d") for path in parsed(svg(frame(row(span("▓▓", ink))))).iter(f"{SVG}path")]
    assert paths == ["M0 0H20V20H0z", "M0 18H20V19.4H0z"]


class Texts(HTMLParser):
    """The text of a page's ``pre``."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside |= tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "pre"

    def handle_data(self, data: str) -> None:
        self.text += data if self.inside else ""


def test_an_html_page_has_the_same_text_as_the_text_and_nothing_to_fetch() -> None:
    page = html(PICTURE)
    reader = Texts()
    reader.feed(page)
    text = still(PICTURE, "text").decode()
    assert text == "e1 <&> R▓▓\n──漢 x\n"
    assert reader.text.rstrip() == text.rstrip()
    assert "<title>A &lt;title&gt; &amp; more</title>" in page
    assert "@media print" in page
    assert not fetched(page)


def pixels(content: bytes) -> tuple[int, int, list[bytes], bytes]:
    """Read a PNG: its width and height, its lines, its title."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    at, chunks = 8, {}
    while at < len(content):
        length = struct.unpack_from(">I", content, at)[0]
        body = content[at + 4 : at + 8 + length]
        assert struct.unpack_from(">I", content, at + 8 + length)[0] == zlib.crc32(body)
        chunks[body[:4]] = body[4:]
        at += 12 + length
    width, height = struct.unpack_from(">II", chunks[b"IHDR"])
    data = zlib.decompress(chunks[b"IDAT"])
    size = 1 + 3 * width
    assert len(data) == size * height
    lines = [data[y * size + 1 : (y + 1) * size] for y in range(height)]
    return width, height, lines, chunks[b"iTXt"]


def test_a_png_is_a_png_with_the_colours_of_its_frame() -> None:
    width, height, lines, title = pixels(png(frame(row(span("█"), span(" ", LIT)), row())))
    font = glyphs()
    margin = 16
    assert (width, height) == (WIDTH * font.width + 2 * margin, 2 * font.height + 2 * margin)

    def pixel(x: int, y: int) -> str:
        return "#" + lines[y][3 * x : 3 * x + 3].hex()

    assert pixel(0, 0) == BASE.paper
    assert pixel(margin, margin) == BASE.colour
    assert pixel(margin + font.width - 1, margin + font.height - 1) == BASE.colour
    assert pixel(margin + font.width, margin) == LIT.paper
    assert pixel(margin + 2 * font.width, margin) == BASE.paper
    assert b"A <title> & more" in title


def test_letters_of_a_png_differ_and_bold_is_heavier() -> None:
    font = glyphs()
    letters = {mask for letter, mask in font.regular.items() if letter.isascii()}
    assert len(letters) == 94
    assert all(set(b"".join(mask)) - {0} for mask in letters)

    def weight(mask: tuple[bytes, ...]) -> int:
        return sum(map(sum, mask))

    heavier = [weight(font.bold[a]) > weight(font.regular[a]) for a in "eRFHtimeout"]
    assert all(heavier)


def test_every_glyph_of_the_lanes_can_be_drawn() -> None:
    used = {letter for look in LOOKS.values() for letter in look.first + look.fill + look.ascii}
    used |= set(HEADS) | set("†…←→↑↓×≈≥≤‹›“”‘’·–—▲▸▌✗╵↵")
    lacking = {a for a in used - {" "} if shape(a) is None and a not in glyphs().regular}
    assert not lacking


def test_what_the_font_lacks_is_a_box_and_is_told() -> None:
    strange = frame(row(Span("漢", BASE, 2), span("a"), Span("字", BASE, 2)))
    assert strangers(strange) == "漢字"
    boxed = pixels(png(strange))[2]
    assert boxed != pixels(png(frame(row(span("  a  ")))))[2]


def test_no_two_shapes_are_alike() -> None:
    letters = "─━│┃┼┌┐└┘├┤┬┴═╌╵╷╴╶▁▂▃▄▅▆▇█░▒▓▖▗▘▙▚▛▜▝▞▟▌▐▀▉▊▋▍▎▏▔"
    shapes = [shape(letter) for letter in letters]
    assert None not in shapes
    assert len(set(shapes)) == len(letters)
    assert shape("R") is None


RUN = film(
    frame(row(span("t 0.1"), span("─▶"))),
    frame(row(span("t 0.2"), span("──▶"))),
    frame(row(span("t 0.1"), span("─▶"))),
)


def test_a_cast_draws_the_last_frame_on_a_terminal() -> None:
    lines = [json.loads(line) for line in cast(RUN).splitlines()]
    assert lines[0]["version"] == 2
    assert (lines[0]["width"], lines[0]["height"]) == (WIDTH, 1)
    assert "timestamp" not in lines[0]
    times = [at for at, _, _ in lines[1:]]
    assert times == [0, 0.1, 0.2, 0.3]
    plain = [re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", sent).rstrip() for _, _, sent in lines[1:]]
    assert plain == ["t 0.1─▶", "t 0.2──▶", "t 0.1─▶", ""]
    assert "\x1b[0;38;2;215;221;227;48;2;18;23;28m" in lines[1][2]


def test_a_cast_sends_only_rows_that_changed() -> None:
    still_row = row(span("still"))
    run = film(frame(still_row, row(span("a"))), frame(still_row, row(span("b"))))
    events = [json.loads(line) for line in cast(run).splitlines()[1:]]
    assert "still" in events[0][2]
    assert "still" not in events[1][2]
    assert "\x1b[2;1H" in events[1][2]


def test_an_animated_svg_moves_what_changes_and_rests_at_its_last_frame() -> None:
    document = animated_svg(RUN)
    root = parsed(document)
    style = root.findtext(f"{SVG}style") or ""
    assert re.search(
        r"@media\(prefers-reduced-motion:reduce\)\{\.f[0-9a-f]{8}-s\{animation:none!important\}\}",
        style,
    )
    assert "infinite" in style
    assert re.search(
        r"@keyframes (f[0-9a-f]{8}-0)\{0%\{transform:translateY\(0px\)\}"
        r"33\.333%\{transform:translateY\(-20px\)\}66\.667%\{transform:translateY\(0px\)\}"
        r"to\{transform:translateY\(0px\)\}\}\n\.\1\{animation-name:\1;"
        r"transform:translateY\(0px\)\}",
        style,
    )
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts == ["t 0.", "1", "▶", "2", "▶"]
    assert not fetched(document)
    assert "\0" not in document


def test_two_animations_on_one_page_have_no_name_in_common() -> None:
    other = film(frame(row(span("a"))), frame(row(span("b"))))
    names = [set(re.findall(r"@keyframes (\S+?)\{", animated_svg(run))) for run in (RUN, other)]
    assert all(names)
    assert not names[0] & names[1]


@pytest.mark.parametrize("letter", ["漢", "e\u0301"])
def test_an_animated_svg_keeps_letters_whole(letter: str) -> None:
    cells = 2 if letter == "漢" else 1
    run = film(
        frame(row(Span(letter, BASE, cells), span("1"))),
        frame(row(Span(letter, BASE, cells), span("2"))),
    )
    assert [text.text for text in parsed(animated_svg(run)).iter(f"{SVG}text")] == [
        letter,
        "1",
        "2",
    ]


def test_each_format_has_a_writer_and_each_ending_a_format() -> None:
    first_bytes = {kind: still(PICTURE, kind)[:4] for kind in STILLS}
    assert len(set(first_bytes.values())) == len(STILLS)
    assert moving(RUN, "cast") != moving(RUN, "svg-animated")
    assert set(ENDINGS.values()) <= {*STILLS, *FILMS}
    assert {ENDINGS[ending] for ending in ENDING_OF.values()} == set(STILLS)
    assert isinstance(PICTURE, Frame)
