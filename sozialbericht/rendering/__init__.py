"""Rendering: one run from the command to published reports, and what goes on beside it: watch, preview."""
