"""Write docs/questions.md: what people ask, answered by lessons and rules.

    python tools/questions.py            writes the page
    python tools/questions.py --check    exits 1 if it is stale

Questions and answers are in lessons/questions.yaml.
"""

from __future__ import annotations

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
from tools.pages import PageError, run  # noqa: E402

PAGE: Final = ROOT / "docs" / "questions.md"


def text() -> str:
    """Return the page as it should be.

    Raises:
        PageError: questions or course are wrong.
    """
    try:
        course = load_course(ROOT / "lessons")
        assert course is not None
        return page(load_questions(course, ROOT / "lessons"), course)
    except ScenarioError as error:
        raise PageError(str(error)) from None


def main(words: Sequence[str] | None = None) -> int:
    """Write the page or check it; return the exit status."""
    return run("questions", PAGE, text, words)


if __name__ == "__main__":
    sys.exit(main())
