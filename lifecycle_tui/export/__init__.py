"""What a run looks like outside the program: JSON, tables and log lines, from readings only."""
