"""Messages are found in the code, their catalogues are current, and translations can be filled."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import pytest

from tools import messages as tool
from tools.messages import Message, found_in, mo_bytes, names_in, po_text, read_po

GERMAN = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"


def keys(source: str, file: str = "tui/some.py") -> list[tuple[str, str, str]]:
    return [(one.context, one.text, one.plural) for one in found_in(source, file)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('tr("one")', ("", "one", "")),
        ('tr("{n} of", n=1)', ("", "{n} of", "")),
        ('WORDS = {"a": tr_later("later")}', ("", "later", "")),
        ('tr_as("where", "what")', ("where", "what", "")),
        ('tr_many("{count} one", "{count} many", n)', ("", "{count} one", "{count} many")),
        ('tr("in two" " parts")', ("", "in two parts", "")),
    ],
)
def test_a_message_is_found(source: str, found: tuple[str, str, str]) -> None:
    assert keys(source) == [found]


def test_rows_of_a_table_hold_messages() -> None:
    row = 'Action("a", "call", ("a",), "a", "Title", "what it does", GROUP, "foot", wide=" ")'
    assert [text for _, text, _ in keys(row, "tui/actions.py")] == ["Title", "what it does", "foot"]
    assert keys(row, "tui/other.py") == []


@pytest.mark.parametrize("source", ["tr(words)", 'f("no")', '"""A docstring."""', 'tr("")'])
def test_other_texts_are_no_messages(source: str) -> None:
    assert keys(source) == []


def test_a_catalogue_is_written_and_read_again() -> None:
    told = (
        Message("plain", told=("schlicht",)),
        Message('"{a}"\\\n', context="where", told=("„{a}“\\\n",)),
        Message("{count} lane", "{count} lanes", told=("{count} Zeile", "{count} Zeilen")),
        Message("new"),
    )
    header, read = read_po(po_text(told, GERMAN))
    assert header == GERMAN
    assert [(*one.key, one.plural, tuple(filter(None, one.told))) for one in read] == [
        (*one.key, one.plural, one.told) for one in told
    ]
    spoken = GNUTranslations(io.BytesIO(mo_bytes(header, read)))
    assert spoken.gettext("plain") == "schlicht"
    assert spoken.pgettext("where", '"{a}"\\\n') == "„{a}“\\\n"
    assert spoken.ngettext("{count} lane", "{count} lanes", 1) == "{count} Zeile"
    assert spoken.ngettext("{count} lane", "{count} lanes", 0) == "{count} Zeilen"
    assert spoken.gettext("new") == "new"


def test_translations_outlive_new_messages_and_go_with_their_own() -> None:
    there = (Message("kept", told=("behalten",)), Message("gone", told=("fort",)))
    wanted = (Message("new"), Message("kept"))
    assert [one.told for one in tool.brought_up(wanted, there)] == [(), ("behalten",)]


@pytest.mark.parametrize(
    ("one", "fits"),
    [
        (Message("{a} of {b}", told=("{b}: {a}",)), True),
        (Message("{a} of {b}", told=("{a}",)), False),
        (Message("{a}", told=("{a} {b}",)), False),
        (Message("{a}", told=("{a",)), False),
        (Message("{ } differences", told=("{ } Unterschiede",)), True),
        (Message("one", "{count} many", told=("eins", "{count} viele")), True),
        (Message("{a} was", "{a} were", told=("war", "{a} waren")), False),
    ],
)
def test_a_translation_names_what_its_message_does(one: Message, fits: bool) -> None:
    assert (list(tool.misfits([one])) == []) is fits


# What ships.


def test_template_and_catalogues_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main(["--check"]) == 0, capsys.readouterr().err


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the tool work on a copy of what it wrote."""
    for path, content in tool.outputs():
        copy = tmp_path / path.relative_to(tool.LOCALE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)
    monkeypatch.setattr(tool, "LOCALE", tmp_path)
    return tmp_path


@pytest.mark.parametrize("file", ["lifecycle-tui.pot", "de/LC_MESSAGES/lifecycle-tui.mo"])
def test_what_is_stale_is_noticed_and_mended(
    file: str, copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool.main(["--check"]) == 0
    whole = (copied / file).read_bytes()
    (copied / file).write_bytes(whole[:-20])
    assert tool.main(["--check"]) == 1
    assert f"locale/{file} is stale: run python tools/messages.py" in capsys.readouterr().err
    assert tool.main([]) == 0
    assert (copied / file).read_bytes() == whole


def test_a_translation_that_misfits_is_noticed(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copied / "de" / "LC_MESSAGES" / "lifecycle-tui.po"
    text = path.read_text(encoding="utf-8")
    assert "Schritt {number}/{count}" in text
    path.write_text(text.replace("Schritt {number}/{count}", "Schritt {nummer}/{count}"))
    assert tool.main(["--check"]) == 1
    assert "Schritt {nummer}/{count}" in capsys.readouterr().err


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of ``tr`` and its kin in the package, with its file."""
    for path in sorted(tool.PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in ("tr", "tr_as", "tr_many"):
                yield f"{path.name}:{node.lineno}", node


def test_every_message_is_filled_with_what_it_names() -> None:
    count = 0
    for where, call in calls():
        texts = [each.value for each in call.args if isinstance(each, ast.Constant)]
        if not texts or any(keyword.arg is None for keyword in call.keywords):
            continue
        count += 1
        named = set().union(*(names_in(str(text)) for text in texts[-2:]))
        given = {keyword.arg for keyword in call.keywords}
        many = isinstance(call.func, ast.Name) and call.func.id == "tr_many"
        assert named - ({"count"} if many else set()) == given, where
    assert count > 800


def test_no_message_is_glued_to_blanks() -> None:
    assert [one.text for one in tool.template() if one.text != one.text.strip(" ")] == []
