"""The formats of pictures: their names, the endings of their files, and who writes them."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.export.pictures.frame import Film, Frame, text_of

STILLS: Final = ("svg", "png", "text", "html")
"""Formats of a frame."""
FILMS: Final = ("cast", "svg-animated")
"""Formats of a film."""
ENDINGS: Final = {
    ".svg": "svg", ".png": "png", ".txt": "text", ".text": "text", ".html": "html",
    ".htm": "html", ".cast": "cast",
}  # fmt: skip
"""By the ending of a file's name: its format."""
ENDING_OF: Final = {"svg": ".svg", "png": ".png", "text": ".txt", "html": ".html"}
"""By format of a frame: how its file's name ends."""


def still(frame: Frame, kind: str) -> bytes:
    """Return a frame as the content of a file.

    Args:
        frame: what is shown.
        kind: one of ``STILLS``.
    """
    match kind:
        case "svg":
            from lifecycle_tui.export.pictures.svg import svg

            return svg(frame).encode()
        case "png":
            from lifecycle_tui.export.pictures.png import png

            return png(frame)
        case "html":
            from lifecycle_tui.export.pictures.html import html

            return html(frame).encode()
        case _:
            return ("\n".join(map(text_of, frame.rows)).rstrip("\n") + "\n").encode()


def moving(film: Film, kind: str) -> bytes:
    """Return a film as the content of a file.

    Args:
        film: what is shown.
        kind: one of ``FILMS``.
    """
    if kind == "cast":
        from lifecycle_tui.export.pictures.cast import cast

        return cast(film).encode()
    from lifecycle_tui.export.pictures.animated import animated_svg

    return animated_svg(film).encode()
