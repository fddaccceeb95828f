"""Widgets: each draws one part of the view and posts messages; none holds any truth."""
