"""A submission to the text of its file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from lifecycle_tui.lessons.submitting.submission import FORMAT, Submission
from lifecycle_tui.play.branches import Branch
from lifecycle_tui.sessions.layout import DIGEST, LARGEST, digest_of
from lifecycle_tui.sessions.writing import CannotSaveError, branch_lines, indented


def write_submission(submission: Submission, functions: Sequence[str]) -> str:
    """Return the text of a submission's file.

    Args:
        submission: what is handed in.
        functions: the names of the lesson's functions.

    Raises:
        CannotSaveError: it is too large.
    """
    body = "".join(f"{line}\n" for line in _lines(submission, functions))
    if len(body.encode("utf-8")) > LARGEST:
        raise CannotSaveError(f"the submission is larger than {LARGEST // 1_000_000} MB")
    return f"{body}{DIGEST}{digest_of(body)}\n"


def _lines(submission: Submission, functions: Sequence[str]) -> Iterator[str]:
    yield f"{FORMAT.magic} {FORMAT.number}"
    yield f"program {json.dumps(submission.program)}"
    yield f"lesson {submission.lesson}"
    yield f"story {submission.story}"
    if submission.learner:
        yield f"learner {json.dumps(submission.learner, ensure_ascii=False)}"
    for name, choice in submission.answers.items():
        yield f"answer {name} {choice.confidence or '-'} {choice.key}"
    for name, work in submission.works.items():
        yield f"goal {name}"
        yield f"current {work.current}"
        yield f"function {work.function}"
        earlier: dict[str, Branch] = {}
        for branch in work.branches:
            yield f"branch {branch.name}"
            yield from indented(branch_lines(branch, functions, earlier))
            earlier[branch.name] = branch
