"""Scaffold: a project of one's own from a map or a list of areas, a year of values, a dimension with its chapter."""
