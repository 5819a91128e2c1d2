"""Web: the last steps of the web report, the same for both engines."""
