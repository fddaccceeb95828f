"""What a search has come to, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lifecycle_tui.claims.search import Found, NotFound
from lifecycle_tui.engine.plan import ExtensionPlan
from lifecycle_tui.language import values
from lifecycle_tui.scenario.functions import KEY_OF
from lifecycle_tui.units.durations import format_duration
from lifecycle_tui.units.text import format_count, plural

REFUTED: Final = "refuted"
NOT_REFUTED: Final = "not refuted"

_NAMES: Final = {
    **{field: key.replace("_", " ").replace(".", " ") for field, key in KEY_OF.items()},
    "handler": "handler",
    "init_function": "function init",
    "init_runtime": "runtime init",
    "extensions": "extensions",
    "snap_start": "SnapStart",
    "handler_background": "work left running",
    "init_outcome": "outcome of Init",
    "handler_outcome": "outcome of the handler",
}
_NO_PROOF: Final = "That is no proof: what was not tried may break it."


def verdict(result: Found | NotFound) -> str:
    """Return what came of it, in a sentence or two."""
    if isinstance(result, Found):
        events = len(result.index.events)
        which = f"event {result.event} of {events}" if events > 1 else "a single event"
        ran = plural(result.runs, "scenario")
        return f"REFUTED by {which}. {ran} ran until that was found, and as small as it gets."
    if not result.runs:
        return "Nothing was checked: no scenario that can be tried meets the condition."
    if not result.met:
        ran = plural(result.runs, "scenario")
        return f"Nothing was checked: {ran} ran, and none met the condition."
    met = plural(result.met, "scenario")
    if not result.answered:
        return f"Nothing was checked: {met} ran, and in none had the claim an answer."
    return f"NOT REFUTED by {met}. {_NO_PROOF}"


def settings_words(found: Found) -> str:
    """Return how the function of a counterexample is configured, where the search chose it."""
    told = [f"{_NAMES.get(field, field)} {_value(field, value)}" for field, value in found.settings]
    return ", ".join(told)


def effort(result: NotFound) -> Iterator[str]:
    """Yield how hard was looked: how many scenarios, what was varied and how far."""
    if not result.runs:
        return
    if result.met < result.runs:
        met, ran = format_count(result.met), format_count(result.runs)
        yield f"{met} of the {ran} scenarios that ran met the condition"
    counts = [f"{format_count(count)} with {plural(n, 'event')}" for n, count in result.by_events]
    how = "all there are" if result.exhausted else "the plainest first, until enough had run"
    yield f"scenarios: {', '.join(counts)}; {how}"
    gaps = [format_duration(gap_us) for _, gap_us in result.space.gaps_us]
    yield f"from one event to the next: {', '.join(gaps)}"
    sources = dict.fromkeys(sent.source for _, sent in result.space.ways)
    yield (
        "events that succeed, take longer than the timeout, fail, end the runtime, or follow a"
        f" deploy; from {', '.join(sources)}"
    )
    yield "settings, two at a time beside those that the condition names:"
    for field, tried in result.space.varied:
        yield f"  {_NAMES.get(field, field)}: {', '.join(_value(field, each) for each in tried)}"


def _value(field: str, value: Any) -> str:
    if field == "extensions":
        extensions: tuple[ExtensionPlan, ...] = value
        tails = [format_duration(each.tail.at(0.5)) for each in extensions]
        return f"{len(tails)} with a tail of {tails[0]}" if len(tails) == 1 else str(len(tails))
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    return values.setting(field, value)
