"""Make the pictures of the README and the docs: each is one command of the program.

python tools/pictures.py            writes them into assets/
python tools/pictures.py --check    exits 1 if one of them is stale, or is none of these
"""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from lifecycle_tui.cli.app import main as lifecycle_tui  # noqa: E402

ASSETS: Final = ROOT / "assets"
ENDINGS: Final = (".svg", ".png", ".cast", ".html")


class Picture(NamedTuple):
    """A picture: its file in assets/, and the words after ``lifecycle-tui export``."""

    file: str
    words: str


PICTURES: Final = (
    Picture("cold-start.svg", "first-event --at 900ms --pane why"),
    Picture("warm-reuse.svg", "warm-reuse --to 7s --fps 8 --format svg-animated"),
    Picture(
        "compare.svg",
        "short-timeout --set-b web-api.timeout=6s --at 14s --size 120x40",
    ),
    Picture("metrics.svg", "traffic-spike --at 45s --pane metrics --press '- - -' --size 120x40"),
)
"""All of them."""


def make(picture: Picture, folder: Path) -> Path:
    """Write a picture into a folder, and return its file.

    Raises:
        SystemExit: the program could not do it; it has said why.
    """
    file = folder / picture.file
    status = lifecycle_tui(["export", *shlex.split(picture.words), "-o", str(file)])
    if status:
        raise SystemExit(status)
    return file


def stale(pictures: Sequence[Picture], assets: Path) -> list[str]:
    """Return what is wrong with the pictures in a folder, a line each."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        for picture in pictures:
            there = assets / picture.file
            fresh = make(picture, Path(name)).read_bytes()
            if not there.is_file():
                found.append(f"{picture.file} is missing")
            elif there.read_bytes() != fresh:
                found.append(f"{picture.file} is stale: lifecycle-tui export {picture.words}")
    known = {picture.file for picture in pictures}
    strangers = sorted(file.name for file in assets.iterdir() if file.suffix in ENDINGS)
    return found + [f"{name} is no picture of the list" for name in strangers if name not in known]


def main(words: Sequence[str] | None = None) -> int:
    """Write the pictures, or check them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    if not parser.parse_args(words).check:
        for picture in PICTURES:
            make(picture, ASSETS)
        return 0
    problems = stale(PICTURES, ASSETS)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print("run: python tools/pictures.py", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
