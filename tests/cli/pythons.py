"""The other Pythons on this machine: what they write is compared with what ours does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def pythons() -> dict[str, str]:
    """Return the other Pythons on this machine that can import us and what we need."""
    places = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    places += sorted((Path.home() / ".pyenv" / "versions").glob("3.1[1-3].*/bin"))
    return {
        version: str(place / f"python{version}")
        for version in ("3.11", "3.12", "3.13")
        if version != f"3.{sys.version_info.minor}"
        for place in places
        if (place / f"python{version}").is_file()
    }


def other_python(version: str, modules: str) -> tuple[str, str]:
    """Return another Python and the path on which it finds our modules, or skip the test.

    Args:
        version: as ``3.12``.
        modules: what it has to be able to import, with commas between them.
    """
    if version == f"3.{sys.version_info.minor}":
        pytest.skip("this is the Python that the others are compared with")
    python = pythons().get(version)
    if python is None:
        pytest.skip(f"Python {version} is not installed here")
    # What is installed for this Python, for the other one: all of it that we need is pure Python.
    folders = [str(ROOT), *(place for place in sys.path if place.endswith("site-packages"))]
    path = os.pathsep.join(folders)
    probe = [python, "-c", f"import {modules}"]
    environment = os.environ | {"PYTHONPATH": path}
    if subprocess.run(probe, check=False, env=environment, capture_output=True).returncode:
        pytest.skip(f"Python {version} cannot import what is installed for this one")
    return python, path
