"""Pictured: what pictures tell beyond their tables, read back from the places of their marks."""
