"""The keys of one mapping, each read by its own reader; every misfit is noted, none is silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from lifecycle_tui.scenario.nodes import Mapping, Node, Scalar, Sequence, describe
from lifecycle_tui.scenario.problems import Place, Problems, did_you_mean
from lifecycle_tui.units.text import quote

T = TypeVar("T")
Reader = Callable[[Node], T]


class UnfitError(Exception):
    """A node is not what it should be; ``place`` where it differs from the node's own."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.place = place


class Fields:
    """One mapping of the file, with the keys it may have.

    Args:
        node: what stands in the file; a problem is noted unless it is a mapping.
        problems: where problems are noted.
        path: how errors name the mapping, for example ``functions.web-api``; empty at the top.
        allowed: its keys; None lets every key pass.
        optional: whether nothing at all may stand there, as in ``deploy:``.
    """

    def __init__(
        self,
        node: Node,
        problems: Problems,
        path: str,
        allowed: Iterable[str] | None,
        *,
        optional: bool = False,
    ) -> None:
        self.problems = problems
        self.path = path
        self.place = node.place
        self._mapping = Mapping(node.place, {}, {})
        if isinstance(node, Mapping):
            self._mapping = node
        elif not (optional and isinstance(node, Scalar) and node.value is None):
            expected = "a mapping (key: value)"
            if allowed is not None:
                expected += f" with keys such as {', '.join(list(allowed)[:4])}"
            self._note(node.place, path, f"found {describe(node)}; expected {expected}")
        if allowed is not None:
            self._refuse_others(list(allowed))

    def __contains__(self, key: str) -> bool:
        return key in self._mapping.entries

    @property
    def keys(self) -> list[str]:
        """The keys that are there."""
        return list(self._mapping.entries)

    def allow(self, keys: Iterable[str]) -> None:
        """Note a problem for each key but these: where one key decides which others there are."""
        self._refuse_others(list(keys))

    def node(self, key: str) -> Node:
        """Return the node of a key that is there."""
        return self._mapping.entries[key]

    def where(self, key: str) -> Place:
        """Return the place of a key's value, or of the mapping where the key is not there."""
        node = self._mapping.entries.get(key)
        return self.place if node is None else node.place

    def where_key(self, key: str) -> Place:
        """Return the place of a key that is there."""
        return self._mapping.keys[key]

    def read(self, key: str, reader: Reader[T], default: T) -> T:
        """Return what a reader makes of a key's value; the default without one, or if unfit."""
        node = self._mapping.entries.get(key)
        if node is None:
            return default
        try:
            return reader(node)
        except UnfitError as misfit:
            self._note(misfit.place or node.place, self._name(key), str(misfit))
            return default

    def require(self, key: str, reader: Reader[T], default: T) -> T:
        """Read a key that must be there; the default only after a problem was noted."""
        if key not in self:
            self._note(self.place, self.path, f"{quote(key)} is missing")
        return self.read(key, reader, default)

    def inner(self, key: str, allowed: Iterable[str] | None, *, optional: bool = False) -> Fields:
        """Return the mapping under a key that is there."""
        return Fields(self.node(key), self.problems, self._name(key), allowed, optional=optional)

    def items(self, key: str) -> list[Node]:
        """Return the list under a key; empty without one, or (with a problem) if it is none."""
        node = self._mapping.entries.get(key)
        if node is None:
            return []
        if isinstance(node, Sequence):
            return node.items
        self._note(node.place, self._name(key), f"found {describe(node)}; expected a list (- …)")
        return []

    def refuse(self, key: str, message: str) -> None:
        """Note a problem with a key's value."""
        self._note(self.where(key), self._name(key), message)

    def refuse_key(self, key: str, message: str) -> None:
        """Note that a key should not be there."""
        self._note(self.where_key(key), self.path, message)

    def _name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _note(self, place: Place, path: str, message: str) -> None:
        self.problems.add(place, f"{path}: {message}" if path else message)

    def _refuse_others(self, allowed: list[str]) -> None:
        for key, place in self._mapping.keys.items():
            if key not in allowed:
                hint = did_you_mean(key, allowed)
                self._note(place, self.path, f"unknown key {quote(key)}{hint}")
