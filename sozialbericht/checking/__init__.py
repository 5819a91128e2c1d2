"""Checking: what can be seen in notebooks and texts without running anything."""
