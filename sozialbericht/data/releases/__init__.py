"""Releases: which reports have left the house, when and by whom, and what counts they have shown."""
