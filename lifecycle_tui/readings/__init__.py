"""What happened and what it means: pure functions of a trace."""
