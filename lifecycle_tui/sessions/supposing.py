"""What was supposed in a fork, as a line of a session file: ``suppose`` and JSON.

The file may be a stranger's: a change is read only if it fits the run it changes, value by value.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any, Final

from lifecycle_tui.engine.plan import Command, FunctionPlan, Plan, SetConfig
from lifecycle_tui.engine.worktime import LONGEST_US, Constant, Quantiles, Uniform
from lifecycle_tui.play.branches import WhatIf
from lifecycle_tui.play.contrasts.changes import Change
from lifecycle_tui.play.contrasts.saving import from_data, to_data
from lifecycle_tui.units.text import clean

SUPPOSE: Final = "suppose"
"""The first word of such a line."""
_LONGEST: Final = 20_000
_LONGEST_WORDS: Final = 200
_MOST_ITEMS: Final = 1_000
_DEEPEST: Final = 8
_TIMES: Final = (Constant, Uniform, Quantiles)


def print_supposed(step: WhatIf) -> str:
    """Return the line of a step."""
    assert isinstance(step.change, Change)
    data = {"words": step.words, "change": to_data(step.change)}
    return f"{SUPPOSE} {json.dumps(data, ensure_ascii=False)}"


def read_supposed(text: str, at_us: int) -> WhatIf:
    """Return the step of a line's JSON.

    Raises:
        ValueError: it is none; the words say what was found.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"{len(text):,} characters; at most {_LONGEST:,}")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    if not isinstance(data, dict) or data.keys() != {"words", "change"}:
        raise ValueError('expected {"words": …, "change": …}')
    words = data["words"]
    if not isinstance(words, str) or clean(words, _LONGEST_WORDS) != words:
        raise ValueError("words: expected one line of text")
    _check_depth(data["change"], 0)
    try:
        change = from_data(data["change"])
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise ValueError(f"change: {clean(str(error), 120)}") from None
    return WhatIf(at_us=at_us, change=change, words=words)


def misfit(step: WhatIf, base: Plan, live: tuple[Command, ...]) -> str:
    """Say why a change does not fit the run it is about; nothing if it does.

    Args:
        step: what was supposed.
        base: the scenario, as the branch has it.
        live: the branch's commands.
    """
    try:
        plan, commands = step.change.split(base, live)
    except (TypeError, ValueError, LookupError, AttributeError):
        return "it fits nothing in this session"
    models: list[tuple[object, object]] = list(zip(plan.functions, base.functions, strict=False))
    models.append((plan.account, base.account))
    models += zip(plan.downstreams, base.downstreams, strict=False)
    known = {source.name: source for source in base.sources}
    for source in plan.sources:
        model: Any = known.get(source.name)
        if model is not None:
            models.append((source, model))
        elif not _is_sane(source, 0):
            return f"{clean(str(source.name), 40)}: values that no source has"
    for command in (*plan.commands, *commands):
        wrong = _odd(command, base)
        if wrong:
            return wrong
    for value, model in models:
        wrong = _unlike(value, model)
        if wrong:
            return f"{wrong}: a value of another kind than it has"
    return ""


def _odd(command: Command, base: Plan) -> str:
    """Say what no command has in one; nothing if all is well."""
    for name, part in _parts(command).items():
        if not _is_sane(part, 0):
            return f"{name}: a value that no command has"
    if isinstance(command, SetConfig):
        function = base.functions[command.function]
        for name, value in command.changes:
            if not _fits(name, value, getattr(function, name, None)):
                return f"{name}: a value of another kind than it has"
    return ""


def _check_depth(data: object, depth: int) -> None:
    if depth > _DEEPEST:
        raise ValueError(f"change: nested more than {_DEEPEST} deep")
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        if len(data) > _MOST_ITEMS:
            raise ValueError(f"change: more than {_MOST_ITEMS:,} values")
        for each in data:
            _check_depth(each, depth + 1)


def _parts(value: Any) -> dict[str, object]:
    named: tuple[str, ...] = getattr(value, "_fields", ())
    if is_dataclass(value) and not isinstance(value, type):
        named = tuple(field.name for field in fields(value))
    return {name: getattr(value, name) for name in named}


def _unlike(value: object, model: object) -> str:
    """Return the name of a field whose value is of another kind than a model's; or nothing."""
    if type(value) is not type(model):
        return type(model).__name__
    models = _parts(model)
    for name, part in _parts(value).items():
        if not _fits(name, part, models[name]):
            return name
    return ""


def _fits(name: str, value: object, model: object) -> bool:
    """Whether a field may have a value, seen what it has."""
    if value == model:
        return True
    if value is None:
        return name in _OPTIONAL
    times = hasattr(model, "mean_us") and isinstance(value, _TIMES)
    whole = model is None and isinstance(value, int | str)
    return (times or whole or type(value) is type(model)) and _is_sane(value, 0)


_OPTIONAL: Final = frozenset(
    field.name for field in fields(FunctionPlan) if "None" in str(field.type)
) | {"dead_letter", "on_success", "on_failure", "max_receives", "max_attempts", "pollers"}
"""Fields that may be None whatever they were."""


def _is_sane(value: object, depth: int) -> bool:
    """Whether all numbers in a value are such as a plan may have."""
    if isinstance(value, bool | str) or value is None:
        return True
    if isinstance(value, int | float):
        return 0 <= value <= LONGEST_US
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return len(value) <= _MOST_ITEMS and all(_is_sane(each, depth + 1) for each in value)
    if depth > _DEEPEST:
        return False
    return all(_is_sane(part, depth + 1) for part in _parts(value).values())
