"""The plain face: lines in, sentences out. For screen readers, braille, pipes and bare terminals.

Nothing is redrawn, no cursor is moved, and nothing is said by colours or boxes.
"""
