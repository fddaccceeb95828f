"""What Lambda does: pure and deterministic, on integer microseconds of virtual time."""
