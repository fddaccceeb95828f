"""The pattern command: each process with its keys, and recorded arrivals."""

from __future__ import annotations

from pathlib import Path

import pytest

from lifecycle_tui.engine.courses import Ramp, Spike, Wave
from lifecycle_tui.engine.patterns import (
    CoursePattern,
    CronPattern,
    Recording,
    RenewalPattern,
    ReplayPattern,
)
from lifecycle_tui.engine.plan import Command, Outcome
from lifecycle_tui.engine.worktime import Constant, Exponential, Weibull
from lifecycle_tui.scenario.build import load, parse_text
from lifecycle_tui.scenario.problems import ScenarioError
from tests.scenario.writing import function, one, problem, problems

S = 1_000_000


def pattern(keys: str) -> Command:
    """Return the command of a pattern at one second."""
    (command,) = function(timeline=f"{{at: 1s, pattern: {{{keys}}}}}").commands
    return command


def refused(keys: str) -> str:
    """Return the only line of the error that a pattern gives."""
    line = problem(one(timeline=f"{{at: 1s, pattern: {{{keys}}}}}"))
    assert line.startswith("x.yaml:3:")
    return line


@pytest.mark.parametrize(
    ("keys", "command"),
    [
        (
            "process: ramp, rate: 0/s, to: 20/s, for: 5m",
            CoursePattern(at_us=S, for_us=300 * S, course=Ramp(0, 20, 300 * S)),
        ),
        (
            "process: ramp, rate: 30/m, to: 0/s, for: 5m, spacing: steady",
            CoursePattern(at_us=S, for_us=300 * S, course=Ramp(0.5, 0, 300 * S), process="steady"),
        ),
        (
            "process: spike, rate: 1/s, peak: 9/s, spike_at: 60s, width: 10s, for: 5m, source: alb",
            CoursePattern(
                at_us=S,
                for_us=300 * S,
                course=Spike(1, 9, 60 * S, 10 * S),
                source="alb",
            ),
        ),
        (
            "process: wave, rate: 10/s, amplitude: 0.5, period: 60s, for: 5m",
            CoursePattern(at_us=S, for_us=300 * S, course=Wave(10, 0.5, 60 * S)),
        ),
        (
            "process: cron, every: 5m, for: 1h, duration: 2s, outcome: error",
            CronPattern(
                at_us=S,
                gap_us=300e6,
                for_us=3_600 * S,
                duration=Constant(2 * S),
                outcome=Outcome.ERROR,
            ),
        ),
        (
            "process: cron, every: 5m, jitter: 10s, for: 1h",
            CronPattern(at_us=S, gap_us=300e6, for_us=3_600 * S, jitter_us=10 * S),
        ),
        (
            "process: renewal, gap: {weibull: {shape: 0.5, scale: 100s}}, for: 1h",
            RenewalPattern(at_us=S, for_us=3_600 * S, gap=Weibull(0.5, 100 * S)),
        ),
        (
            "process: renewal, gap: {exponential: 2s}, for: 1h",
            RenewalPattern(at_us=S, for_us=3_600 * S, gap=Exponential(2 * S)),
        ),
    ],
)
def test_every_process_arrives_with_its_keys(keys: str, command: Command) -> None:
    assert pattern(keys) == command


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("process: spkie, peak: 9/s", "found 'spkie', which is not known; did you mean 'spike'?"),
        ("process: ramp, rate: 1/s, for: 1m", "pattern: 'to' is missing"),
        ("process: wave, rate: 1/s, for: 1m, period: 1m", "pattern: 'amplitude' is missing"),
        ("process: cron, for: 1m", "pattern: 'every' is missing"),
        ("process: renewal, for: 1m", "pattern: 'gap' is missing"),
        (
            "process: cron, every: 1m, for: 1h, rate: 1/s",
            "timeline[0].pattern: the process cron takes no rate; it takes every, jitter and for",
        ),
        ("rate: 1/s, for: 1h, peak: 5/s", "the process poisson takes no peak; it takes rate and"),
        ("rate: 1/s, for: 1h, peek: 5/s", "unknown key 'peek'; did you mean 'peak'?"),
        ("process: cron, every: 0s, for: 1h", "pattern.every: '0s' is no time at all"),
        ("process: cron, every: 1m, jitter: 61s, for: 1h", "pattern.jitter: is longer than every"),
        ("process: cron, every: 1us, for: 1h", "pattern.every: sends more than 10,000,000 events"),
        (
            "process: spike, rate: 1/s, peak: 9/s, spike_at: 50s, width: 11s, for: 1m",
            "pattern.width: the spike ends after the pattern",
        ),
        (
            "process: spike, rate: 1/s, peak: 999999/s, spike_at: 0s, width: 11s, for: 1m",
            "pattern.peak: sends more than 10,000,000 events",
        ),
        ("process: ramp, rate: 0/s, to: 0/s, for: 1m", "pattern.to: there is no rate above zero"),
        ("process: ramp, rate: -1/s, to: 0/s, for: 1m", "pattern.rate: '-1/s' is negative"),
        ("process: ramp, rate: 0/s, to: 1/s, for: 9000h", "pattern.for: '9000h' is longer than"),
        (
            "process: ramp, rate: 1/s, to: 2/s, for: 1m, spacing: even",
            "pattern.spacing: found 'even', which is not known; allowed: poisson, steady",
        ),
        (
            "process: wave, rate: 1/s, amplitude: 1.5, period: 1m, for: 1h",
            "pattern.amplitude: 1.5 is not a number from 0 to 1",
        ),
        (
            "process: wave, rate: 1/s, amplitude: 50%, period: 1m, for: 1h",
            "pattern.amplitude: found '50%'; expected a number from 0 to 1",
        ),
        ("process: renewal, gap: 0s, for: 1m", "pattern.gap: a gap of zero between events"),
        ("process: renewal, gap: 1us, for: 1m", "pattern.gap: sends more than 10,000,000 events"),
        (
            "process: renewal, gap: {weibull: {shape: 0.01, scale: 1s}}, for: 1m",
            "pattern.gap: 0.01 is not a number from 0.1 to 10",
        ),
        (
            "process: renewal, gap: {weibull: {scale: 1s}}, for: 1m",
            "pattern.gap: weibull takes shape and scale",
        ),
        (
            "process: renewal, gap: {weibull: {shape: 1, scale: 0s}}, for: 1m",
            "pattern.gap: the scale is above zero",
        ),
        ("trace: 5", "there is no file '5'"),
        ("trace: ", "pattern.trace: found nothing; expected the name of a CSV file"),
        ("trace: [a.csv]", "pattern.trace: found a list; expected the name of a CSV file"),
        ("trace: a.csv", "3:38: timeline[0].pattern.trace: there is no file 'a.csv'"),
        ("trace: '/dev/null'", "pattern.trace: '/dev/null' is no regular file"),
        ("trace: '.'", "pattern.trace: '.' is no regular file"),
        (f"trace: {'a' * 5_000}", "pattern.trace: cannot read 'aaa"),
        ('trace: "a\\0b"', "pattern.trace: there is no file"),
    ],
)
def test_each_mistake_is_one_line_that_says_what_is_right(keys: str, words: str) -> None:
    assert words in refused(keys)


ROWS = "arrival_us,duration_us\n0,5\n7,20\n7,0\n"
SCENARIO = one(timeline="{at: 2s, pattern: {trace: sub/a.csv, source: alb, outcome: error}}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a scenario and its trace beside it."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.csv").write_text(ROWS)
    (tmp_path / "x.yaml").write_text(SCENARIO)
    return tmp_path


REPLAY = ReplayPattern(
    at_us=2 * S,
    source="alb",
    outcome=Outcome.ERROR,
    recording=Recording.of("a.csv", [0, 7, 7], [5, 20, 0]),
)


def test_a_trace_is_found_beside_its_scenario(folder: Path) -> None:
    assert load(folder / "x.yaml").commands == (REPLAY,)


def test_a_trace_of_text_is_found_in_a_folder(folder: Path) -> None:
    assert parse_text(SCENARIO, folder=folder).commands == (REPLAY,)


def test_a_trace_of_standard_input_is_found_in_the_working_directory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    with (folder / "x.yaml").open() as file:
        monkeypatch.setattr("sys.stdin", file)
        assert load("-").commands == (REPLAY,)


def test_a_trace_brings_its_own_times_and_durations() -> None:
    lines = problems(one(timeline="{at: 1s, pattern: {trace: a.csv, rate: 1/s, duration: 1s}}"))
    assert [line.partition("pattern")[2] for line in lines] == [
        ".trace: there is no file 'a.csv'",
        ": a trace brings its own times and durations; leave rate out",
        ": a trace brings its own times and durations; leave duration out",
    ]


def test_a_trace_ends_within_366_days(folder: Path) -> None:
    text = one(timeline="{at: 366d, pattern: {trace: sub/a.csv}}")
    with pytest.raises(ScenarioError, match=r"pattern\.trace: ends after 366 days"):
        parse_text(text, folder=folder)


def test_what_is_wrong_with_a_trace_is_told_at_its_own_place(folder: Path) -> None:
    (folder / "sub" / "a.csv").write_text(ROWS + "6,x\n")
    with pytest.raises(ScenarioError) as caught:
        load(folder / "x.yaml")
    (line,) = str(caught.value).splitlines()
    place = f"{folder / 'sub' / 'a.csv'}:5:3"
    assert line == f"{place}: duration_us: found 'x'; expected whole microseconds such as 752717"
