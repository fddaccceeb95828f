"""Recorded arrivals: what a file of them may hold, and what is said of all others."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from lifecycle_tui.engine.patterns import Recording
from lifecycle_tui.scenario import recordings
from lifecycle_tui.scenario.problems import Problems, ScenarioError
from lifecycle_tui.scenario.recordings import read_recording

HEADER = "arrival_us,duration_us\n"


def recorded(path: Path, data: str | bytes) -> Recording | None:
    """Read a file of these bytes."""
    path = path / "a.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    problems = Problems()
    found = read_recording(path, problems)
    problems.check()
    return found


def refused(path: Path, data: str | bytes) -> list[str]:
    """Return what is wrong with a file of these bytes, without its name."""
    with pytest.raises(ScenarioError) as caught:
        recorded(path, data)
    return [line.removeprefix(f"{path / 'a.csv'}:") for line in str(caught.value).splitlines()]


@pytest.mark.parametrize(
    "data",
    [
        HEADER + "0,5\n7,20\n",
        HEADER + "0,5\n7,20",
        (HEADER + "0,5\n7,20\n").replace("\n", "\r\n"),
        "\ufeff" + HEADER + "0,5\n7,20\n",
        HEADER + "00,05\n07,020\n",
    ],
)
def test_a_file_of_whole_microseconds_is_read(tmp_path: Path, data: str) -> None:
    found = recorded(tmp_path, data)
    assert found == Recording.of("a.csv", [0, 7], [5, 20])
    assert list(found.times_us) == [0, 7]
    assert list(found.handler_us) == [5, 20]


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("1.5,2", "2:1: arrival_us: found '1.5'; expected whole microseconds such as 752717"),
        ("15,2ms", "2:4: duration_us: found '2ms'; expected whole microseconds such as 752717"),
        ("15,-2", "2:4: duration_us: found '-2'; expected whole"),
        ("15, 2", "2:4: duration_us: found ' 2'; expected whole"),
        ('"15",2', "2:1: arrival_us: found '\"15\"'; expected whole"),
        ("15,2,3", "2:4: duration_us: found '2,3'; expected whole"),
        ("15,", "2:4: duration_us: found ''; expected whole"),
        ("٣,2", "2:1: arrival_us: found '٣'; expected whole"),
        ("15", "2:1: found '15'; a row is two whole numbers with a comma between"),
        ("15;2", "2:1: found '15;2'; a row is two whole numbers with a comma between"),
        ("1,1\n\n2,2", "3:1: an empty line; a row is two whole numbers"),
        ("9,1\n8,1\n9,1", "3:1: arrival_us: 8 comes after 9; sort the rows"),
        ("31622400000001,1", "2:1: arrival_us: '31622400000001' is longer than 366 days"),
        ("1,31622400000001", "2:3: duration_us: '31622400000001' is longer than 366 days"),
        ("9" * 6_000 + ",1", "2:1: arrival_us: '9999"),
        ("", "2:1: the trace has no arrivals"),
    ],
)
def test_a_row_that_is_none_is_refused_at_its_place(tmp_path: Path, rows: str, line: str) -> None:
    (found,) = refused(tmp_path, HEADER + rows + "\n" * bool(rows))
    assert found.startswith(line)
    assert len(found) < 200


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "found nothing"),
        (b"0,5\n", "found '0,5'"),
        (b"Arrival_us,duration_us\n", "found 'Arrival_us,duration_us'"),
        (b"\xff\xfe\0\n", "found"),
        (b"x" * 100_000, "found 'xxx"),
    ],
)
def test_a_trace_begins_with_its_header(tmp_path: Path, data: bytes, found: str) -> None:
    (line,) = refused(tmp_path, data)
    assert line.startswith(f"1:1: {found}")
    assert line.endswith("; a trace begins with the line arrival_us,duration_us")


def test_terminal_codes_of_a_trace_reach_no_terminal(tmp_path: Path) -> None:
    lines = refused(tmp_path, HEADER + "\x1b[31m,\x07\n")
    assert not any(character in "".join(lines) for character in "\x1b\x07")


def test_a_file_of_nothing_but_problems_stops_after_25(tmp_path: Path) -> None:
    lines = refused(tmp_path, HEADER + "x\n" * 100_000)
    assert len(lines) == 26


def test_rows_and_bytes_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "MOST_ROWS", 3)
    assert recorded(tmp_path, HEADER + "1,1\n" * 3) is not None
    assert refused(tmp_path, HEADER + "1,1\n" * 4) == [
        "5:1: more than 3 rows, the most there may be"
    ]
    monkeypatch.setattr(recordings, "LARGEST", 30)
    (line,) = refused(tmp_path, HEADER + "1,1\n" * 3)
    assert line == "1:1: the trace is larger than 50 MB, the most it may be"


def test_an_event_takes_sixteen_bytes(tmp_path: Path) -> None:
    data = HEADER + "".join(f"{number},100\n" for number in range(100_000))
    tracemalloc.start()
    found = recorded(tmp_path, data)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found is not None
    assert kept < 17 * 100_000 + 100_000
