"""Pictures of the screen as files: a frame of cells in, text or bytes out.

Nothing here knows a screen, a clock or a font: what a picture looks like depends on its frame
alone.
"""
