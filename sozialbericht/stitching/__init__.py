"""Stitching: executed notebooks and texts become the PDF and web pages, by either engine."""
