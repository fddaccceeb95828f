"""Two runs compared, as text or JSON: what is set otherwise, the totals, where they part."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from lifecycle_tui.engine.plan import FunctionPlan, Plan
from lifecycle_tui.export.jsonfile import ms
from lifecycle_tui.play.comparison import Compared, told
from lifecycle_tui.readings.words import at
from lifecycle_tui.scenario.functions import KEY_OF
from lifecycle_tui.units.durations import format_duration
from lifecycle_tui.units.sizes import print_size
from lifecycle_tui.units.text import clean, plural

_MOST: Final = 40
"""Differences that are listed; of further ones the number is told."""
_LONGEST: Final = 40


def settings(a: Plan, b: Plan) -> tuple[tuple[str, str, str], ...]:
    """Return what two plans have set otherwise: a name, and its value in both."""
    found = [] if a.rules_date == b.rules_date else [("rules_date", a.rules_date, b.rules_date)]
    if a.seed != b.seed:
        found.append(("seed", str(a.seed), str(b.seed)))
    for one, other in zip(a.functions, b.functions, strict=False):
        if one.name != other.name:
            found.append(("function", one.name, other.name))
            continue
        for field in fields(FunctionPlan):
            mine, theirs = getattr(one, field.name), getattr(other, field.name)
            if mine != theirs:
                key = KEY_OF.get(field.name, field.name)
                one_word, other_word = (_value(field.name, value) for value in (mine, theirs))
                found.append((f"{one.name}.{key}", one_word, other_word))
    if len(a.functions) != len(b.functions):
        found.append(("functions", str(len(a.functions)), str(len(b.functions))))
    return tuple(found)


def _value(name: str, value: object) -> str:
    if isinstance(value, int) and name.endswith("_us"):
        return format_duration(value)
    if isinstance(value, int) and name.endswith("_mb"):
        return print_size(value)
    mean_us = getattr(value, "mean_us", None)
    if mean_us is not None:
        return f"{format_duration(round(mean_us))} on average"
    return clean(str(value), _LONGEST)


def comparison_lines(a: Plan, b: Plan, shown: Compared, at_us: int) -> Iterator[str]:
    """Yield a comparison's text.

    Args:
        a: one plan.
        b: the other.
        shown: what is compared, at the end of both runs.
        at_us: that moment.
    """
    yield f"A: {shown.names[0]}"
    yield f"B: {shown.names[1]}"
    rows = [("", "A", "B", "B - A")]
    rows += [(name, mine, theirs, "") for name, mine, theirs in settings(a, b)]
    rows += [(one.name, one.a, one.b, one.change or "=") for one in shown.figures]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    yield ""
    for name, mine, theirs, change in rows:
        line = f"{name:<{widths[0]}}  {mine:>{widths[1]}}  {theirs:>{widths[2]}}"
        yield f"{line}  {change:>{widths[3]}}".rstrip()
    yield ""
    found = shown.differences
    if not found:
        yield "nothing differs: both runs go the same way"
        return
    yield f"{plural(len(found), 'difference')}, by the moment since when:"
    for one in found[:_MOST]:
        yield f"  {at(one.at_us):>10}  {told(one, at_us)}"
    if len(found) > _MOST:
        yield f"  … and {len(found) - _MOST} more; --json lists them all"


def comparison_json(a: Plan, b: Plan, shown: Compared, at_us: int) -> str:
    """Return a comparison as one JSON object; times are milliseconds."""
    document = {
        "format": 1,
        "a": shown.names[0],
        "b": shown.names[1],
        "settings": [
            {"name": name, "a": mine, "b": theirs} for name, mine, theirs in settings(a, b)
        ],
        "figures": [
            {"name": one.name, "a": one.a, "b": one.b, "change": one.change or None}
            for one in shown.figures
        ],
        "differences": [
            {"at": ms(one.at_us), "what": one.what, "a": one.a.at(at_us), "b": one.b.at(at_us)}
            for one in shown.differences
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)
