"""Subjects: what one topic of the report has to show, one file a subject."""
