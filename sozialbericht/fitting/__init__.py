"""Fitting: which chapters fit the data of a project, and why the others do not."""
