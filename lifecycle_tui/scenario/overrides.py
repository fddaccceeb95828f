"""``--set web-api.timeout=5s``: one value of a scenario, written over on the command line."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.scenario.functions import KEYS
from lifecycle_tui.scenario.nodes import Mapping, Node, parse_nodes
from lifecycle_tui.scenario.problems import Place, Problem, ScenarioError, did_you_mean
from lifecycle_tui.units.text import clean, quote

OPTION: Final = "--set "
"""How the places of problems with an override begin."""

_EXPECTED: Final = "expected FUNCTION.KEY=VALUE, for example web-api.timeout=5s"
_FIXED: Final = ("format", "functions", "timeline")
_TOP: Final = ("account", "seed", "until", "rules_date", "title")
_DECLARED: Final = {"sources": "source", "downstreams": "downstream"}
"""What is declared by name beside functions, and what one of them is called."""


def apply_overrides(document: Mapping, overrides: list[str]) -> None:
    """Write values over those of a document, in place; their checks come with all others.

    Args:
        document: a scenario's nodes.
        overrides: ``FUNCTION.KEY=VALUE``, ``account.KEY=VALUE``, ``sources.NAME.KEY=VALUE`` (or
            downstreams), or ``KEY=VALUE`` for the seed, the end, or the only function; the value
            is YAML.

    Raises:
        ScenarioError: one of them has no such form.
    """
    for override in overrides:
        place = Place(f"{OPTION}{clean(override, 60)}", 1, 1)
        path, equals, value = override.partition("=")
        keys = path.strip().split(".")
        if not equals or not all(keys):
            raise ScenarioError([Problem(place, _EXPECTED)])
        path_keys = _full_path(document, keys, place)
        _put(document, path_keys, parse_nodes(value, place.file), place)


def _full_path(document: Mapping, keys: list[str], place: Place) -> list[str]:
    functions = document.entries.get("functions")
    names = list(functions.entries) if isinstance(functions, Mapping) else []
    if keys[0] in names and len(keys) > 1:
        return ["functions", *keys]
    if keys[0] in _TOP:
        return keys
    if keys[0] in _DECLARED and len(keys) > 1:
        return _declared(document, keys, place)
    if len(names) == 1 and keys[0] in KEYS:
        return ["functions", names[0], *keys]
    if len(keys) > 1:
        hint = did_you_mean(keys[0], [*names, *_TOP])
        raise ScenarioError([Problem(place, f"there is no function {quote(keys[0], 64)}{hint}")])
    raise ScenarioError([Problem(place, _unknown(keys[0], names))])


def _declared(document: Mapping, keys: list[str], place: Place) -> list[str]:
    """Return the path to a setting of something that the scenario declares by name."""
    kind, name = keys[0], keys[1]
    found = document.entries.get(kind)
    names = list(found.entries) if isinstance(found, Mapping) else []
    if name not in names:
        hint = did_you_mean(name, names) if names else "; the scenario declares none"
        message = f"there is no {_DECLARED[kind]} {quote(name, 64)}{hint}"
        raise ScenarioError([Problem(place, message)])
    if len(keys) == 2:
        example = f"for example {kind}.{name}.KEY=VALUE"
        raise ScenarioError([Problem(place, f"which key of {quote(name, 64)}? {example}")])
    return keys


def _unknown(key: str, names: list[str]) -> str:
    """Say what to write instead of a word that is no key here."""
    if key in _FIXED:
        return f"{quote(key)} cannot be written over; {_EXPECTED}"
    if key in KEYS:
        return f"which function's {key}? there are {len(names)}; {_EXPECTED}"
    if key in names:
        return f"{quote(key, 64)} is a function; {_EXPECTED}"
    close = did_you_mean(key, [*KEYS, *_TOP]) if len(names) == 1 else ""
    hint = close if "did you mean" in close else f"; {_EXPECTED}"
    return f"unknown key {quote(key, 64)}{hint}"


def _put(mapping: Mapping, path: list[str], value: Node, place: Place) -> None:
    key, *rest = path
    if not rest:
        mapping.keys[key] = place
        mapping.entries[key] = value
        return
    inner = mapping.entries.get(key)
    if not isinstance(inner, Mapping):
        inner = Mapping(place, {}, {})
        mapping.keys[key] = place
        mapping.entries[key] = inner
    _put(inner, rest, value, place)
