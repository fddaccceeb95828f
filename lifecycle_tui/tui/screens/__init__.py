"""Screens: the sandbox, the help and small questions. Only screens speak to the session."""
