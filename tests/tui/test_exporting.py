"""The key that exports what is shown."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import BinaryIO

import pytest

from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.screens.exporting import ExportMenu, file_stem
from tests.tui.conftest import MakeApp, sandbox, text_of


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def pressed(make_app: MakeApp, *keys: str, at_us: int = 900_000) -> str:
    """Press keys, and return what the message line says."""

    async def story() -> str:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            screen = sandbox(app)
            screen.session.player.seek(at_us)
            screen.publish()
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            return screen.note.text if screen.note else ""

    return asyncio.run(story())


@pytest.mark.parametrize(
    ("key", "name", "begins"),
    [
        ("s", "small-0.9s.svg", b"<svg"),
        ("p", "small-0.9s.png", b"\x89PNG"),
        ("t", "small-0.9s.txt", b" lifecycle-tui"),
        ("h", "small-0.9s.html", b"<!doctype html>"),
    ],
)
def test_a_format_is_chosen_and_a_file_is_written(
    make_app: MakeApp, tmp_path: Path, key: str, name: str, begins: bytes
) -> None:
    assert pressed(make_app, "e", key) == f"written: {name}"
    content = (tmp_path / name).read_bytes()
    assert content.startswith(begins)
    assert b"SVG" not in content, "the menu is not in the picture"


def test_arrows_and_enter_choose_too(make_app: MakeApp, tmp_path: Path) -> None:
    assert pressed(make_app, "e", "j", "j", "k", "enter") == "written: small-0.9s.png"


def test_no_file_is_ever_replaced(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "small-0.9s.txt").write_text("mine")
    assert pressed(make_app, "e", "t") == "written: small-0.9s-2.txt"
    assert (tmp_path / "small-0.9s.txt").read_text() == "mine"


@pytest.mark.parametrize("key", ["escape", "q"])
def test_nothing_is_written_when_the_menu_is_left(
    make_app: MakeApp, tmp_path: Path, key: str
) -> None:
    assert pressed(make_app, "e", key) == ""
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_to_is_told(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, content: bytes) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("lifecycle_tui.tui.screens.exporting.write_new", refuse)
    assert pressed(make_app, "e", "s") == "cannot write small-0.9s.svg: Permission denied"


def test_a_browser_is_sent_the_file(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, bytes]] = []

    def deliver(app: LifecycleApp, file: BinaryIO, *, save_filename: str) -> None:
        sent.append((save_filename, file.read()))

    monkeypatch.setattr(LifecycleApp, "is_web", property(lambda _: True))
    monkeypatch.setattr(LifecycleApp, "deliver_binary", deliver)
    assert pressed(make_app, "e", "s") == "sent to your browser: small-0.9s.svg"
    assert [name for name, _ in sent] == ["small-0.9s.svg"]
    assert sent[0][1].startswith(b"<svg")
    assert not list(tmp_path.iterdir())


def test_time_stops_for_a_picture(make_app: MakeApp, tmp_path: Path) -> None:
    async def story() -> bool:
        app = make_app()
        async with app.run_test(size=(80, 24)) as pilot:
            screen = sandbox(app)
            await pilot.press("i")
            assert screen.session.player.playing
            await pilot.press("e", "t")
            await pilot.pause()
            return screen.session.player.playing

    assert not asyncio.run(story())
    assert "PAUSE" in (tmp_path / "small-0s.txt").read_text()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_menu_fits_and_says_where(make_app: MakeApp, size: tuple[int, int]) -> None:
    async def story() -> str:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            await pilot.press("e")
            await pilot.pause()
            assert isinstance(app.screen, ExportMenu)
            return text_of(app)

    text = asyncio.run(story())
    for words in ("SVG", "PNG", "text", "HTML", "into this folder, as small-0s.*"):
        assert words in text


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("short-timeout", "short-timeout-3.2s"),
        ("my file.yaml", "my-file-3.2s"),
        ("../../etc/passwd", "etc-passwd-3.2s"),
        ("漢字", "lifecycle-3.2s"),
        ("a" * 300, "a" * 60 + "-3.2s"),
    ],
)
def test_a_file_is_named_by_scenario_and_moment(name: str, stem: str) -> None:
    assert file_stem(name, 3_200_000) == stem
