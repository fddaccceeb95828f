"""Our simulator beside SimFaaS 0.2.2: requests per second on the same loads, and both results.

Every round runs all contestants once, each in a process of its own, in alternating order; a ratio
is the median over the rounds of one round's ratio. Both wall and processor time are shown; the
verdict is on processor time, which on an idle machine is the same (all of them use one thread) and
on a busy one hardly sees the others. A contestant's time is that of its simulation alone, without
imports; "command" is the whole process of `lifecycle-tui simulate --summary-only`, from start to
exit, against the peer's simulation alone.

The second load is cut to 200 seconds (200,000 requests), because the peer needs about a minute for
that: it looks at each of 1,000 environments at each event.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import mean, median

from loads import Load, scenario_text
from measure import Verdicts, alternate, machine, middle_ratio, run_child

HERE = Path(__file__).resolve().parent
PEER = "simfaas==0.2.2"


@dataclass(frozen=True, slots=True)
class Result:
    """One contestant's run in one round."""

    requests: int
    wall_s: float
    cpu_s: float
    cold: float | None = None
    throttled: float | None = None
    busy: float | None = None

    @property
    def rate(self) -> float:
        """Requests per second of wall time."""
        return self.requests / self.wall_s

    @property
    def cpu_rate(self) -> float:
        """Requests per second of processor time: hardly sees what else the machine does."""
        return self.requests / self.cpu_s


@dataclass(frozen=True, slots=True)
class Contest:
    """A load, what must be reached on it, and what theory says about it."""

    title: str
    load: Load
    summary_at_least: float
    trace_at_least: float | None
    oracle: str
    figure: str
    """Which figure of a result the oracle is about."""
    expected: float
    tolerance: float
    """Four standard deviations of one run, and what the start from empty adds."""


CONTESTS = {
    "a": Contest(
        "(a) Poisson 0.9/s, service 1.991 s warm and 2.244 s cold, 600 s keep-alive, 1e6 s",
        Load(0.9, 1.991, 0.253, 600.0, 1e6, 0.0, 1_000),
        summary_at_least=3.0,
        trace_at_least=2.0,
        oracle="theory, keep-alive with most recent first: P(cold) 0.001329, mean busy 1.7919",
        figure="cold",
        expected=0.00132931,
        tolerance=4 * 3.3e-5 + 1e-5,
    ),
    "b": Contest(
        "(b) Poisson 1,000/s against a limit of 1,000, service 2.016 s, 200 s",
        Load(1000.0, 2.016, 0.0, 600.0, 200.0, 20.0, 1_000),
        summary_at_least=40.0,
        trace_at_least=None,
        oracle="theory, Erlang B, c = 1,000, a = 2,016: throttled 0.504455, mean busy 999.02",
        figure="throttled",
        expected=0.504455,
        tolerance=0.008,
    ),
}


def run_worker(python: str, script: str, **load: object) -> Result:
    """Run one of the two workers on a load."""
    printed = run_child([python, str(HERE / script), json.dumps(load)]).json()
    return Result(**{name: printed[name] for name in Result.__slots__})


def contestants(
    load: Load, peer_python: str, folder: Path, *, with_trace: bool, with_command: bool
) -> dict[str, Callable[[int], Result]]:
    """Return who takes part, each as a function of the round."""

    def peer(number: int) -> Result:
        return run_worker(peer_python, "peer_worker.py", **asdict(replace(load, seed=number)))

    def ours(number: int, *, keep_trace: bool = False) -> Result:
        asked = asdict(replace(load, seed=number))
        return run_worker(sys.executable, "engine_worker.py", **asked, keep_trace=keep_trace)

    def command(number: int) -> Result:
        path = folder / f"load-{number}.yaml"
        path.write_text(scenario_text(replace(load, seed=number)), encoding="utf-8")
        words = ["simulate", str(path), "--summary-only", "--format", "json"]
        child = run_child([sys.executable, "-m", "lifecycle_tui", *words])
        summary = json.loads(child.output)["summary"]
        return Result(int(summary["events"]), child.wall_s, child.cpu_s)

    taking_part: dict[str, Callable[[int], Result]] = {
        "simfaas": peer,
        "engine, summary": ours,
    }
    if with_command:
        taking_part["command"] = command
    if with_trace:
        taking_part["engine, trace"] = lambda number: ours(number, keep_trace=True)
    return taking_part


def show(figure: float | None) -> str:
    """Return a figure, or a dash."""
    return "-" if figure is None else f"{figure:.6f}"


def hold(
    contest: Contest, peer_python: str, rounds: int, verdicts: Verdicts, *, with_command: bool
) -> None:
    """Run one contest and print its table and verdicts."""
    print(f"\n{contest.title}")
    with tempfile.TemporaryDirectory() as folder:
        taking_part = contestants(
            contest.load,
            peer_python,
            Path(folder),
            with_trace=contest.trace_at_least is not None,
            with_command=with_command,
        )
        results = alternate(taking_part, rounds)
    theirs = results["simfaas"]
    print(f"  {'':16}{'requests/s':>12}{'x peer':>8}{'x (cpu)':>9}", end="")
    print(f"{'P(cold)':>11}{'throttled':>11}{'mean busy':>13}")
    for name, runs in results.items():
        ratio = middle_ratio((r.rate for r in runs), (r.rate for r in theirs))
        cpu = middle_ratio((r.cpu_rate for r in runs), (r.cpu_rate for r in theirs))
        print(f"  {name:16}{median(r.rate for r in runs):12,.0f}{ratio:8.1f}{cpu:9.1f}", end="")
        print(f"{show(runs[0].cold):>11}{show(runs[0].throttled):>11}{show(runs[0].busy):>13}")
    print(f"  {contest.oracle}")
    at_least = {
        "engine, summary": contest.summary_at_least,
        "command": contest.summary_at_least,
        "engine, trace": contest.trace_at_least,
    }
    for name, least in at_least.items():
        if least is not None and name in results:
            ratio = middle_ratio((r.cpu_rate for r in results[name]), (r.cpu_rate for r in theirs))
            verdicts.check(
                f"{name}: {ratio:.1f} times the peer, at least {least:g}", ratio >= least
            )
    for name in ("simfaas", "engine, summary"):
        found = mean(getattr(r, contest.figure) for r in results[name])
        allowed = contest.tolerance / rounds**0.5
        verdicts.check(
            f"{name}: {contest.figure} {found:.6f} agrees with {contest.expected:g}",
            abs(found - contest.expected) <= allowed,
        )


def peer_environment(folder: Path) -> str:
    """Make the peer's own environment unless it is there, and return its Python."""
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"making an environment with {PEER} in {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", PEER], check=True)
    return str(python)


def main() -> int:
    """Parse the arguments, hold the contests, and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peer-python", help=f"a Python that has {PEER} (default: make one)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds (default 3)")
    parser.add_argument("--engine-only", action="store_true", help="leave the whole command out")
    parser.add_argument("--loads", default="ab", help="which loads: a, b or ab (default ab)")
    arguments = parser.parse_args()
    default = Path(tempfile.gettempdir()) / "lifecycle-tui-peer"
    peer_python = arguments.peer_python or peer_environment(default)
    print(machine())
    verdicts = Verdicts()
    for letter in arguments.loads:
        hold(
            CONTESTS[letter],
            peer_python,
            arguments.rounds,
            verdicts,
            with_command=not arguments.engine_only,
        )
    return verdicts.exit_code


if __name__ == "__main__":
    sys.exit(main())
