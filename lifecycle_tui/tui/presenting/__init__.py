"""Slides on the screen: large letters, and how text, votes and lanes share the room."""
