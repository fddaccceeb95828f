"""YAML is let in strictly: every refusal has its place and one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.scenario.nodes import (
    LARGEST,
    Mapping,
    Node,
    Scalar,
    Sequence,
    parse_bytes,
    parse_nodes,
)
from lifecycle_tui.scenario.problems import ScenarioError


def plain(node: Node) -> object:
    """Return nodes as Python values."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.value


def test_scalars_follow_the_core_schema_of_yaml_1_2() -> None:
    text = (
        "[on, yes, off, 1:30, 1_000, 012, 0o14, 0x1F, 1.5, 1e3, true, False, ~, null, "
        "'5', 2026-11-01, -3, +4, .5, =, <<]"
    )
    assert plain(parse_nodes(text, "x")) == [
        "on", "yes", "off", "1:30", "1_000", 12, 12, 31, 1.5, 1000.0, True, False, None, None,
        "5", "2026-11-01", -3, 4, 0.5, "=", "<<",
    ]  # fmt: skip


def test_every_node_knows_its_place() -> None:
    node = parse_nodes("a:\n  - b\n  - {c: 1}\n", "file.yaml")
    assert isinstance(node, Mapping)
    inner = node.entries["a"]
    assert isinstance(inner, Sequence)
    second = inner.items[1]
    assert isinstance(second, Mapping)
    assert second.keys["c"] == ("file.yaml", 3, 6)
    assert second.entries["c"].place == ("file.yaml", 3, 9)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x 1", "x:1:4: a YAML anchor (&); write the value out where it is needed"),
        ("a: 1\nb: *x", "x:2:4: a YAML alias (*); write the value out"),
        ("a: !!str 1", "x:1:4: a YAML tag (!); write the plain value"),
        ("a: !python/object:os.system 1", "x:1:4: a YAML tag (!); write the plain value"),
        ("a: 1\nb: 2\na: 3", "x:3:1: duplicate key 'a'; it stands on line 1 too"),
        ("{a: {b: 1, b: 2}}", "x:1:12: duplicate key 'b'; it stands on line 1 too"),
        ("a: 1\n---\nb: 2", "x:2:1: a second document; a file holds one scenario"),
        ("? [a]\n: 1", "x:1:3: a list as a key; a key is a word"),
        ("a: \x1b[0m", "x:1:4: the control character U+001B, which YAML does not allow"),
        ("é: 1\nb: \x07", "x:2:4: the control character U+0007, which YAML does not allow"),
        ("a: b: c", "x:1:5: not YAML: mapping values are not allowed in this context"),
        ("a: 'b", "x:1:6: not YAML: found unexpected end of stream"),
    ],
)
def test_what_has_no_place_in_a_scenario_is_refused_at_its_place(text: str, line: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse_nodes(text, "x")
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_before_it_can_hurt(opening: str) -> None:
    with pytest.raises(ScenarioError, match="nested more than 32 deep"):
        parse_nodes(opening * 100_000, "x")


def test_nesting_of_32_is_allowed_and_33_is_not() -> None:
    parse_nodes("[" * 32 + "]" * 32, "x")
    with pytest.raises(ScenarioError, match=r"x:1:33: nested more than 32 deep"):
        parse_nodes("[" * 33 + "]" * 33, "x")


def test_a_file_of_more_than_a_megabyte_is_not_parsed() -> None:
    with pytest.raises(ScenarioError, match=r"big:1:1: the file is larger than 1 MB"):
        parse_bytes(b"*" * (LARGEST + 1), "big")


def test_text_that_is_not_utf8_is_refused_at_its_place() -> None:
    with pytest.raises(ScenarioError, match=r"x:2:4: the file is not UTF-8 text"):
        parse_bytes(b"a: 1\nb: \xff\n", "x")


def test_a_byte_order_mark_is_no_key() -> None:
    assert plain(parse_bytes("\ufeffa: 1".encode(), "x")) == {"a": 1}


def test_an_empty_file_is_nothing() -> None:
    node = parse_bytes(b"# only a comment\n", "x")
    assert isinstance(node, Scalar)
    assert node.value is None


def error_of(data: bytes) -> str | None:
    """Return the error that some bytes give, or None."""
    try:
        parse_bytes(data, "x")
    except ScenarioError as error:
        return str(error)
    return None


@given(st.text(max_size=120))
def test_any_text_is_nodes_or_one_line_of_error(text: str) -> None:
    error = error_of(text.encode("utf-8", "surrogatepass"))
    assert error is None or len(error.splitlines()) == 1


@given(st.binary(max_size=120))
def test_any_bytes_are_nodes_or_one_line_of_error(data: bytes) -> None:
    error = error_of(data)
    assert error is None or len(error.splitlines()) == 1
