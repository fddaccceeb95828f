"""Tests of the program in a browser: the wall around a visitor, the server, and a real browser."""
