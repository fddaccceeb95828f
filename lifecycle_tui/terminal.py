"""What the terminal can show, as far as the environment says so."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping


def wants_ascii(environment: Mapping[str, str] | None = None, encoding: str | None = None) -> bool:
    """Return whether this terminal can only show ASCII: its locale or encoding is not UTF-8."""
    environment = os.environ if environment is None else environment
    encoding = encoding or getattr(sys.stdout, "encoding", None) or locale.getpreferredencoding()
    named = next((environment[n] for n in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(n)), "")
    if environment.get("TERM") == "linux":
        return True
    if named and named.upper() not in ("C", "POSIX"):
        return "UTF" not in named.upper() and "UTF" not in encoding.upper()
    return "UTF" not in encoding.upper()
