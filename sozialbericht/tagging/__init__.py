"""Tagging: what Typst cannot write into a PDF and a reader with a screen reader needs."""
