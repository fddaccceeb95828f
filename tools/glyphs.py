"""Draw the letters of PNG pictures once and keep them: lifecycle_tui/export/pictures/glyphs.bin.

    python tools/glyphs.py FOLDER       where DejaVuSansMono.ttf and DejaVuSansMono-Bold.ttf are

Needs Pillow and fontTools, which nothing else here does: pictures are the same on every machine
because no machine draws letters. Lines and blocks are not among them: they are drawn as shapes.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from lifecycle_tui.export.pictures.shapes import shape  # noqa: E402

OUT: Final = ROOT / "lifecycle_tui" / "export" / "pictures" / "glyphs.bin"
FONTS: Final = ("DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf")
WIDTH: Final = 14
HEIGHT: Final = 28
SIZE: Final = WIDTH / 0.602
"""At this size a letter of the font is as wide as a cell."""
BASELINE: Final = 22
BLOCKS: Final = (
    (0x21, 0x7F), (0xA1, 0x180), (0x370, 0x400), (0x400, 0x460), (0x2010, 0x2028),
    (0x2030, 0x203B), (0x2070, 0x20A0), (0x20A0, 0x20BE), (0x2190, 0x21B6), (0x2200, 0x2270),
    (0x2400, 0x2427), (0x25A0, 0x25D0), (0x2713, 0x2719),
)  # fmt: skip


def letters() -> Iterable[str]:
    """Yield the characters that may be drawn."""
    for first, end in BLOCKS:
        for code in range(first, end):
            if chr(code).isprintable() and shape(chr(code)) is None:
                yield chr(code)


def draw(path: Path) -> tuple[str, bytes]:
    """Return the letters that a font has, and their masks, four bits a pixel."""
    from fontTools.ttLib import TTFont  # type: ignore[import-not-found]
    from PIL import Image, ImageDraw, ImageFont  # type: ignore[import-not-found]

    known = TTFont(path).getBestCmap()
    font = ImageFont.truetype(str(path), SIZE, layout_engine=ImageFont.Layout.BASIC)
    found, masks = "", bytearray()
    for letter in letters():
        if ord(letter) not in known:
            continue
        image = Image.new("L", (WIDTH, HEIGHT))
        ImageDraw.Draw(image).text((0, BASELINE), letter, fill=255, font=font, anchor="ls")
        levels = [(value * 15 + 127) // 255 for value in image.tobytes()]
        masks += bytes(a << 4 | b for a, b in zip(levels[::2], levels[1::2], strict=True))
        found += letter
    return found, bytes(masks)


def main(words: list[str]) -> int:
    """Draw both fonts and write the file."""
    if len(words) != 1:
        print(__doc__)
        return 2
    drawn = [draw(Path(words[0]) / name) for name in FONTS]
    head = {"width": WIDTH, "height": HEIGHT, "regular": drawn[0][0], "bold": drawn[1][0]}
    content = json.dumps(head).encode() + b"\n" + drawn[0][1] + drawn[1][1]
    OUT.write_bytes(zlib.compress(content, 9))
    print(f"{OUT}: {len(drawn[0][0])} + {len(drawn[1][0])} letters, {OUT.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
