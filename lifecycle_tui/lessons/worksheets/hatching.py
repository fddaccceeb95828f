"""What tells phases apart on paper: hatching, not colour, and no letter that gives them away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lifecycle_tui.readings.model import Phase

_LINE: Final = '<path d="{}" fill="none" stroke="#000" stroke-width="{}"/>'
_PAPER: Final = '<rect width="{0}" height="{0}" fill="{1}"/>'


def _lines(path: str, weight: float, paper: str = "#fff") -> tuple[str, str]:
    return paper, _LINE.format(path, weight)


def _dots(radius: float, paper: str = "#fff") -> tuple[str, str]:
    return paper, f'<circle cx="3" cy="3" r="{radius}"/>'


_SIZE: Final = 6
_RISING: Final = "M0 6L6 0M-1 1L1 -1M5 7L7 5"
_FALLING: Final = "M0 0L6 6M-1 5L1 7M5 -1L7 1"
_ACROSS: Final = "M0 3H6"
_DOWN: Final = "M3 0V6"

_HATCHES: Final = {
    Phase.PLACEMENT: _dots(0.7),
    Phase.EXTENSION_INIT: _lines(_DOWN, 0.8),
    Phase.RUNTIME_INIT: _lines(_RISING, 0.8),
    Phase.FUNCTION_INIT: _lines(_RISING + _FALLING, 0.8),
    Phase.INIT_WAIT: _lines(_ACROSS, 0.8),
    Phase.REINIT_EXTENSION: _lines(_DOWN, 1.8),
    Phase.REINIT_RUNTIME: _lines(_RISING, 1.8),
    Phase.REINIT_FUNCTION: _lines(_RISING + _FALLING, 1.8),
    Phase.REINIT_WAIT: _lines(_ACROSS, 1.8),
    Phase.RESTORE_SNAPSHOT: _lines(_FALLING, 0.8),
    Phase.RESTORE_HOOKS: _lines(_FALLING, 1.8),
    Phase.HANDLER: ("#aaa", ""),
    Phase.OVERHEAD: _lines(_ACROSS + _DOWN, 0.8),
    Phase.EXTENSION_TAIL: _dots(1.7),
    Phase.READY: ("#eee", ""),
    Phase.FROZEN: ("#fff", ""),
    Phase.RESET: ("#000", ""),
    Phase.SHUTDOWN: ("#555", ""),
}
"""For each phase its paper and what is drawn on it: neighbours differ also when printed badly."""


def fill(phase: Phase) -> str:
    """Return what a stretch in a phase is filled with."""
    return f"url(#p{_place(phase)})"


def patterns(phases: Iterable[Phase]) -> str:
    """Return the hatchings of some phases, for ``fill``: once in a page."""
    defined = "".join(_pattern(phase) for phase in phases)
    hidden = 'width="0" height="0" aria-hidden="true" style="position:absolute"'
    return f"<svg {hidden}><defs>{defined}</defs></svg>"


def _place(phase: Phase) -> int:
    return list(_HATCHES).index(phase)


def _pattern(phase: Phase) -> str:
    paper, drawn = _HATCHES[phase]
    size = f'width="{_SIZE}" height="{_SIZE}" patternUnits="userSpaceOnUse"'
    return f'<pattern id="p{_place(phase)}" {size}>{_PAPER.format(_SIZE, paper)}{drawn}</pattern>'
