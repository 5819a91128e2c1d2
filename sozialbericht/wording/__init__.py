"""Wording: how values, changes, dates and lists are said in German."""
