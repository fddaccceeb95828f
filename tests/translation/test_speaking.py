"""A language is chosen by option or variable, never by the locale; a translation breaks nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from lifecycle_tui import languages
from lifecycle_tui.languages import UnknownLanguageError, speak
from lifecycle_tui.units import translation
from lifecycle_tui.units.translation import chosen_language, tr, tr_as, tr_later, tr_many
from tests.cli.running import Command
from tests.translation.pseudo import spoken


@pytest.fixture(autouse=True)
def _english_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(languages.VARIABLE, raising=False)
    yield
    translation.choose("", None)


@pytest.fixture
def command(capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    return Command(capfdbinary)


class Told:
    """A catalogue of one message."""

    def __init__(self, told: str) -> None:
        self._told = told

    def gettext(self, message: str, /) -> str:
        return self._told

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        return f"{count == 1}: {self._told}"

    def pgettext(self, context: str, message: str, /) -> str:
        return f"{context}: {self._told}"


def test_english_needs_no_catalogue() -> None:
    assert tr("{a} of {b:,}", a=1, b=2_000) == "1 of 2,000"
    assert tr("{ } goes") == "{ } goes"
    assert tr_as("there", "next") == tr_later("next") == "next"
    assert [tr_many("{count} lane", "{count} lanes", n) for n in (0, 1, 2)] == [
        "0 lanes", "1 lane", "2 lanes",
    ]  # fmt: skip


def test_a_translation_is_filled_in_its_own_order() -> None:
    with spoken(Told("von {b}: {a}")):
        assert tr("{a} of {b}", a=1, b=2) == "von 2: 1"
        assert tr_as("here", "{a} of {b}", a=1, b=2) == "here: von 2: 1"
        assert tr_many("", "{a} of {b}", 1, a=1, b=2) == "True: von 2: 1"


@pytest.mark.parametrize("told", ["{c}", "{a.b}", "{0}", "{", "{a:,z}"])
def test_a_translation_that_cannot_be_filled_gives_way_to_english(told: str) -> None:
    with spoken(Told(told)):
        assert tr("{a} lanes", a=3) == "3 lanes"


def test_no_words_stay_no_words() -> None:
    """The empty message is where a catalogue has its header."""
    speak("de")
    assert tr("") == ""


def test_a_language_is_spoken_until_another_one_is() -> None:
    speak("de")
    assert (chosen_language(), tr("help")) == ("de", "Hilfe")
    speak("en")
    assert (chosen_language(), tr("help")) == ("", "help")
    speak("de-AT")
    assert (chosen_language(), tr("help")) == ("de-AT", "Hilfe")


@pytest.mark.parametrize("language", ["fr", "../de", "DE", "de/", "x" * 999, "\x1b[31m"])
def test_an_unknown_language_is_told_with_those_there_are(language: str) -> None:
    with pytest.raises(UnknownLanguageError, match=r"nothing is in '.{1,20}'; there is de, en\."):
        speak(language)
    assert chosen_language() == ""


def test_lessons_alone_are_a_language_too(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "one.md").write_text("---")
    speak("fr", tmp_path)
    assert (chosen_language(), tr("help")) == ("fr", "help")


def test_the_variable_chooses_and_the_option_goes_first(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(languages.VARIABLE, "de")
    assert "Ein Ereignis senden" in command("keys").out
    assert "Send an event" in command("keys", "--language", "en").out
    monkeypatch.setenv(languages.VARIABLE, "xx")
    outcome = command("keys")
    assert outcome.status == 2
    assert f"{languages.VARIABLE}: nothing is in 'xx'; there is de, en." in outcome.err


def test_the_locale_chooses_nothing(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.setenv(name, "de_DE.UTF-8")
    assert "Send an event" in command("keys").out


def test_what_programs_read_stays_english(command: Command) -> None:
    found = json.loads(command("keys", "--json", "--language", "de").out)
    assert found["keys"][0]["title"] == "Send an event"
    assert "terminal" in command("doctor", "--json", "--language", "de").out
    english = command("explain", "warm-reuse", "--event", "2").out
    speak("de")
    assert command("doctor", "--language", "en").out
    assert command("explain", "warm-reuse", "--event", "2").out == english


def test_the_option_stands_behind_the_command(command: Command) -> None:
    outcome = command("--language", "de", "keys")
    assert outcome.status == 2
    assert "lifecycle-tui keys --language de" in outcome.err
