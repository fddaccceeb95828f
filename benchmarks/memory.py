"""Peak memory of `lifecycle-tui simulate --summary-only`, and the bytes of a kept trace's records.

Each figure is the peak resident size of a process of its own. The command must need the same
memory (within 5 MB) for any number of requests from 1e5 on, and less than 60 MB. A kept trace may
cost 64 bytes a record: the difference of two processes' peaks over the difference of their records.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

from loads import Load, scenario_text
from measure import Verdicts, machine, run_child

HERE = Path(__file__).resolve().parent
README_LOAD = Load(0.9, 1.991, 0.253, 600.0, 0.0, 0.0, 1_000)


def load_of(requests: int) -> Load:
    """Return the peer's load, long enough for about so many requests."""
    return replace(README_LOAD, horizon_s=requests / README_LOAD.rate)


def command_peak_mb(requests: int, folder: Path) -> tuple[int, float, float]:
    """Return how many events the command saw, its peak in MB and its seconds."""
    path = folder / "load.yaml"
    path.write_text(scenario_text(load_of(requests)), encoding="utf-8")
    words = ["simulate", str(path), "--summary-only", "--format", "json"]
    child = run_child([sys.executable, "-m", "lifecycle_tui", *words])
    return int(json.loads(child.output)["summary"]["events"]), child.peak_mb, child.wall_s


def trace_peak(requests: int) -> tuple[int, int, float]:
    """Return the records of a kept trace, the bytes of its arrays, and the process's peak in MB."""
    asked = asdict(load_of(requests)) | {"keep_trace": True}
    child = run_child([sys.executable, str(HERE / "engine_worker.py"), json.dumps(asked)])
    printed = child.json()
    return int(printed["records"]), int(printed["record_bytes"]), child.peak_mb


def main() -> int:
    """Parse the arguments, measure, and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--ten-million", action="store_true", help="measure 1e7 requests too (about a minute)"
    )
    arguments = parser.parse_args()
    verdicts = Verdicts()
    print(machine())
    print("\nsimulate --summary-only")
    sizes = [10**4, 10**5, 10**6] + [10**7] * arguments.ten_million
    peaks: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            events, peaks[size], wall_s = command_peak_mb(size, Path(folder))
            print(f"  {events:12,} requests {peaks[size]:8.1f} MB {wall_s:8.1f} s", flush=True)
    large = [peak for size, peak in peaks.items() if size >= 10**5]
    spread = max(large) - min(large)
    verdicts.check(f"the same from 1e5 requests on: within {spread:.1f} MB of 5", spread <= 5)
    verdicts.check(f"at most {max(peaks.values()):.1f} MB, under 60", max(peaks.values()) < 60)
    print("\na kept trace")
    few, few_bytes, few_mb = trace_peak(10**5)
    many, many_bytes, many_mb = trace_peak(10**6)
    held = (many_mb - few_mb) * 1024 * 1024 / (many - few)
    print(f"  {few:12,} records {few_mb:8.1f} MB, {few_bytes / few:.1f} bytes each in arrays")
    print(f"  {many:12,} records {many_mb:8.1f} MB, {many_bytes / many:.1f} bytes each in arrays")
    verdicts.check(f"{held:.1f} bytes of memory a record, at most 64", held <= 64)
    return verdicts.exit_code


if __name__ == "__main__":
    sys.exit(main())
