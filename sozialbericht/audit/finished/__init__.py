"""Finished files: the audit of a report before it is published, by processes of its own, beside all other work."""
