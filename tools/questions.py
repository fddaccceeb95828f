"""Write docs/questions.md: what people ask, answered by lessons and rules.

    python tools/questions.py            writes the page
    python tools/questions.py --check    exits 1 if it is stale

Questions and answers are in lessons/questions.yaml.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from lifecycle_tui.lessons.course import load_course  # noqa: E402
from lifecycle_tui.lessons.questions import load_questions, page  # noqa: E402
from lifecycle_tui.scenario.problems import ScenarioError  # noqa: E402

PAGE: Final = ROOT / "docs" / "questions.md"


def text() -> str:
    """Return the page as it should be.

    Raises:
        ScenarioError: questions or course are wrong.
    """
    course = load_course(ROOT / "lessons")
    assert course is not None
    return page(load_questions(course, ROOT / "lessons"), course)


def main(words: Sequence[str] | None = None) -> int:
    """Write the page or check it; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if not right")
    check = parser.parse_args(words).check
    path = PAGE.relative_to(ROOT)
    try:
        wanted = text()
    except ScenarioError as error:
        print(error, file=sys.stderr)
        return 1
    if not check:
        PAGE.write_text(wanted, encoding="utf-8")
        print(path)
        return 0
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != wanted:
        print(f"{path} is stale: run python tools/questions.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
