"""Write the template of the program's messages, bring the catalogues up to it, and compile them.

    python tools/messages.py            writes the template, the .po files and the .mo files
    python tools/messages.py --check    exits 1 if one of them is stale or a translation misfits

A message is what stands in the code as the argument of ``tr`` and its kin, or in one of the tables
below. A catalogue keeps the translations of messages that are still there; what has gone goes.
Nothing that is written depends on the day, on a line number or on the machine.
"""

from __future__ import annotations

import argparse
import ast
import re
import string
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "lifecycle_tui"
LOCALE: Final = PACKAGE / "locale"
NAME: Final = "lifecycle-tui"

TABLES: Final[Mapping[str, Mapping[str, tuple[tuple[int, str], ...]]]] = {
    "doctor.py": {"Finding": ((0, "name"),)},
    "engine/rules/": dict.fromkeys(("documented", "observed", "assumed"), ((1, "statement"),)),
    "claims/myths.py": {"Ready": ((0, "words"),)},
    "language/grammar.py": {"Verb": ((3, "help"),), "Key": ((2, "help"),)},
    "language/keys.py": {"Key": ((2, "help"),), "_words": ((2, "help_line"),)},
    "plain/verbs.py": {"PlainVerb": ((2, "help"),)},
    "tui/actions.py": {"Action": ((4, "title"), (5, "help"), (7, "footer"), (8, "wide"))},
    "tui/presenting/keys.py": {"Action": ((4, "title"), (5, "help"), (7, "footer"), (8, "wide"))},
    "tui/skin.py": {"Look": ((1, "word"),)},
    "tui/widgets/config_fields.py": {"Field": ((1, "title"),)},
}
"""By the begin of a module's path, and by class: which arguments of its rows are messages; they are
translated where they are drawn."""
_BRACES: Final = re.compile(r"\{[a-z][a-z_0-9]*(?:![rsa])?(?::[^{}]*)?\}")
_HEADER: Final = (
    "Project-Id-Version: lifecycle-tui\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
)
_MAGIC: Final = 0x950412DE

Key = tuple[str, str]
"""What tells messages apart: the context, and the English text."""


@dataclass(frozen=True)
class Message:
    """A message, in a template or in a catalogue.

    Attributes:
        text: in English.
        plural: the same for other numbers than 1; empty where no number matters.
        context: where it means something else than elsewhere.
        files: where it stands.
        told: its translation, one for each plural form; empty in a template.
    """

    text: str
    plural: str = ""
    context: str = ""
    files: tuple[str, ...] = ()
    told: tuple[str, ...] = field(default=())

    @property
    def key(self) -> Key:
        """What tells it from others."""
        return self.context, self.text

    @property
    def is_told(self) -> bool:
        """Whether it is translated."""
        return bool(self.told) and all(self.told)


# Finding messages.


def found_in(source: str, file: str) -> Iterator[Message]:
    """Yield the messages of a module in their order.

    Args:
        source: its text.
        file: its path below the package.
    """
    tables = next((rows for path, rows in TABLES.items() if file.startswith(path)), {})
    where = (f"lifecycle_tui/{file}",)
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        texts = [_text(argument) for argument in call.args]
        if name in ("tr", "tr_later") and texts and texts[0]:
            yield Message(texts[0], files=where)
        elif name == "tr_as" and len(texts) > 1 and texts[1]:
            yield Message(texts[1], context=texts[0], files=where)
        elif name == "tr_many" and len(texts) > 1 and texts[0]:
            yield Message(texts[0], texts[1], files=where)
        for place, keyword in tables.get(name, ()):
            named = (_text(each.value) for each in call.keywords if each.arg == keyword)
            text = texts[place] if place < len(texts) else next(named, "")
            if text.strip():
                yield Message(text.strip(), files=where)


@cache
def _kept_of(source: str, file: str) -> tuple[Message, ...]:
    """Return the messages of a module; a module that has not changed is not parsed again."""
    return tuple(found_in(source, file))


def _text(node: ast.expr) -> str:
    """Return a text that stands in the code; empty for anything else."""
    known = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if known and isinstance(node, ast.Constant) else ""


def template(folder: Path = PACKAGE) -> tuple[Message, ...]:
    """Return all messages of the program, by file and then in their order, each once."""
    found: dict[Key, Message] = {}
    for path in sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).parts):
        for one in _kept_of(path.read_text(encoding="utf-8"), path.relative_to(folder).as_posix()):
            there = found.get(one.key)
            if there is None:
                found[one.key] = one
            else:
                files = dict.fromkeys((*there.files, *one.files))
                found[one.key] = replace(
                    there, plural=there.plural or one.plural, files=tuple(files)
                )
    return tuple(found.values())


# Catalogues as text.


def po_text(messages: Iterable[Message], header: str = _HEADER, forms: int = 2) -> str:
    """Return a template or a catalogue as the text of its file.

    Args:
        messages: in their order.
        header: what stands before them.
        forms: how many plural forms the language has.
    """
    blocks = ['msgid ""\nmsgstr ""\n' + "".join(f"{_quoted(s)}\n" for s in _lines(header))]
    for one in messages:
        lines = [f"#: {' '.join(one.files)}"]
        if _BRACES.search(one.text + one.plural):
            lines.append("#, python-brace-format")
        if one.context:
            lines.append(f"msgctxt {_quoted(one.context)}")
        lines.append(f"msgid {_quoted(one.text)}")
        if one.plural:
            told = one.told or ("",) * forms
            lines.append(f"msgid_plural {_quoted(one.plural)}")
            lines += [f"msgstr[{place}] {_quoted(text)}" for place, text in enumerate(told)]
        else:
            lines.append(f"msgstr {_quoted(one.told[0] if one.told else '')}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def read_po(text: str) -> tuple[str, tuple[Message, ...]]:
    """Return the header of a catalogue and its messages."""
    header, messages = "", []
    for block in re.split(r"\n\s*\n", text):
        parts: dict[str, str] = {}
        now = ""
        for line in block.splitlines():
            match = re.fullmatch(r'(msg\w+(?:\[\d+\])?)?\s*(".*")', line.strip())
            if match is None:
                continue
            now = match[1] or now
            parts[now] = parts.get(now, "") + str(ast.literal_eval(match[2]))
        if "msgid" not in parts:
            continue
        told = tuple(parts[name] for name in sorted(parts) if name.startswith("msgstr"))
        one = Message(
            parts["msgid"], parts.get("msgid_plural", ""), parts.get("msgctxt", ""), (), told
        )
        if one.text:
            messages.append(one)
        else:
            header = "".join(told)
    return header, tuple(messages)


def forms_of(header: str) -> int:
    """Return how many plural forms a catalogue's language has."""
    match = re.search(r"nplurals=(\d)", header)
    return int(match[1]) if match else 2


def brought_up(wanted: Iterable[Message], catalogue: Iterable[Message]) -> tuple[Message, ...]:
    """Return the messages of the template with a catalogue's translations."""
    told = {(*one.key, one.plural): one.told for one in catalogue}
    return tuple(replace(one, told=told.get((*one.key, one.plural), ())) for one in wanted)


def mo_bytes(header: str, messages: Iterable[Message]) -> bytes:
    """Return a catalogue as ``gettext`` reads it: the translated messages, sorted."""
    pairs = {"": header}
    for one in messages:
        if one.is_told:
            start = f"{one.context}\x04" if one.context else ""
            text = f"{one.text}\x00{one.plural}" if one.plural else one.text
            pairs[start + text] = "\x00".join(one.told)
    encoded = sorted((key.encode(), told.encode()) for key, told in pairs.items())
    at = 7 * 4 + 16 * len(encoded)
    tables: list[bytes] = []
    strings = b""
    for column in range(2):
        for pair in encoded:
            tables.append(struct.pack("<II", len(pair[column]), at + len(strings)))
            strings += pair[column] + b"\x00"
    head = struct.pack("<7I", _MAGIC, 0, len(encoded), 28, 28 + 8 * len(encoded), 0, at)
    return head + b"".join(tables) + strings


# What is wrong.


def names_in(text: str) -> set[str]:
    """Return the names in the braces of a message; none where its braces are braces."""
    if not _BRACES.search(text):
        return set()
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def misfits(messages: Iterable[Message]) -> Iterator[str]:
    """Yield the translations that cannot be filled with what their message is filled with."""
    for one in messages:
        wanted = least = names_in(one.text)
        if one.plural:
            # Words for a single thing need not name what those for many do.
            wanted = names_in(one.plural) | wanted | {"count"}
            least = (names_in(one.plural) & least) - {"count"}
        for told in filter(None, one.told):
            try:
                there = names_in(told)
            except ValueError as error:
                yield f"{told!r}: {error}"
                continue
            if not least <= there <= wanted:
                yield f"{told!r} has {sorted(there)}; {one.text!r} has {sorted(wanted)}"


def catalogues() -> list[Path]:
    """Return the catalogues that there are."""
    return sorted(LOCALE.glob(f"*/LC_MESSAGES/{NAME}.po"))


def outputs() -> Iterator[tuple[Path, bytes]]:
    """Yield every file with what has to stand in it."""
    wanted = template()
    yield LOCALE / f"{NAME}.pot", po_text(wanted).encode()
    for path in catalogues():
        header, there = read_po(path.read_text(encoding="utf-8"))
        messages = brought_up(wanted, there)
        yield path, po_text(messages, header, forms_of(header)).encode()
        yield path.with_suffix(".mo"), mo_bytes(header, messages)


def main(words: Sequence[str] | None = None) -> int:
    """Write the files, or check them; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if stale")
    check = parser.parse_args(words).check
    wrong: list[str] = []
    for path, content in outputs():
        shown = f"locale/{path.relative_to(LOCALE).as_posix()}"
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            wrong.append(f"{shown} is stale: run python tools/messages.py")
    for path in catalogues():
        _, messages = read_po(path.read_text(encoding="utf-8"))
        shown = f"locale/{path.relative_to(LOCALE).as_posix()}"
        wrong += [f"{shown}: {each}" for each in misfits(messages)]
        if not check:
            told = sum(one.is_told for one in messages)
            print(f"{path.parents[1].name}: {told} of {len(messages)} messages translated")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
