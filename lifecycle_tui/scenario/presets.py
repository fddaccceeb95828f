"""Measured init times for functions whose file gives none: one distribution per runtime.

``presets.json`` holds quantiles of the Init Duration of hello-world functions, measured on AWS by
the lambda-perf project (Apache-2.0). How such a total divides into runtime and function init was
not measured: 80 % and 20 % are assumed † (SIM-INIT-SPLIT).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from lifecycle_tui.engine.worktime import Quantiles

RUNTIME_SHARE: Final = 0.8
"""The runtime's share of a measured Init; the rest is the function's (SIM-INIT-SPLIT †)."""

UNMEASURED: Final = frozenset(
    {
        "dotnet6",
        "java8",
        "nodejs16.x",
        "nodejs18.x",
        "python3.7",
        "python3.8",
        "ruby2.7",
    }
)
"""Older runtimes that nobody measured: their functions must give ``init``."""


@dataclass(frozen=True, slots=True)
class Preset:
    """What was measured of one runtime, package type and architecture."""

    runtime_init: Quantiles
    function_init: Quantiles
    memory_used_mb: int


@cache
def presets() -> dict[tuple[str, str, str], Preset]:
    """Return the measured presets by (runtime, package, architecture)."""
    data = json.loads(Path(__file__).with_name("presets.json").read_text(encoding="utf-8"))
    probabilities = tuple(float(p) for p in data["probabilities"])
    result = {}
    for row in data["presets"]:
        totals = [round(ms * 1_000) for ms in row["init_ms"]]
        shares = [round(total * RUNTIME_SHARE) for total in totals]
        rests = [total - share for total, share in zip(totals, shares, strict=True)]
        result[row["runtime"], row["package"], row["architecture"]] = Preset(
            runtime_init=Quantiles(probabilities, tuple(shares)),
            function_init=Quantiles(probabilities, tuple(rests)),
            memory_used_mb=row["memory_used_mb"],
        )
    return result


def preset(runtime: str, package: str, architecture: str) -> Preset | None:
    """Return what was measured, or None where nothing was."""
    return presets().get((runtime, package, architecture))


def runtimes() -> list[str]:
    """Return the identifiers of all runtimes that a function may name."""
    return [*dict.fromkeys(key[0] for key in presets()), *sorted(UNMEASURED)]
