"""A frame as a page of its own: text that can be selected, read aloud and printed."""

from __future__ import annotations

from html import escape
from typing import Final

from lifecycle_tui.export.pictures.frame import Frame, Ink

_STYLE: Final = """\
body{margin:0;padding:1rem;background:PAPER;color:INK}
figure{margin:0 auto;width:max-content;max-width:100%}
pre{margin:0;overflow-x:auto;line-height:1.16;font-size:14px;
font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace}
figcaption{font:13px/1.5 system-ui,sans-serif;padding:.6rem 0 0}
@page{size:landscape;margin:10mm}
@media print{body{padding:0;-webkit-print-color-adjust:exact;print-color-adjust:exact}
pre{overflow:visible;
font-size:min(255mm / COLUMNS / .61,170mm / LINES / 1.16)}figure{break-inside:avoid}}
"""


def html(frame: Frame) -> str:
    """Return a frame as an HTML page that needs no other file."""
    names: dict[Ink, str] = {}
    lines: list[str] = []
    for row in frame.rows:
        parts: list[str] = []
        for span in row:
            words = escape(span.text, quote=False)
            if span.ink == frame.base:
                parts.append(words)
            else:
                name = names.setdefault(span.ink, f"s{len(names)}")
                parts.append(f'<span class="{name}">{words}</span>')
        lines.append("".join(parts).rstrip())
    style = _STYLE.replace("PAPER", frame.base.paper).replace("INK", frame.base.colour)
    style = style.replace("COLUMNS", str(frame.width)).replace("LINES", str(frame.height))
    style += "\n".join(f".{name}{{{_css(ink, frame.base)}}}" for ink, name in names.items())
    title = escape(frame.title)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}\n</style>\n</head>\n<body>\n<figure>\n"
        f'<pre tabindex="0">{chr(10).join(lines)}\n</pre>\n'
        f"<figcaption>{title}</figcaption>\n</figure>\n</body>\n</html>\n"
    )


def _css(ink: Ink, base: Ink) -> str:
    rules = [f"color:{ink.colour}"] if ink.colour != base.colour else []
    if ink.paper != base.paper:
        rules.append(f"background:{ink.paper}")
    if ink.bold:
        rules.append("font-weight:bold")
    if ink.underline:
        rules.append("text-decoration:underline")
    return ";".join(rules)
