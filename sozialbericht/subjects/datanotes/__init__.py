"""Datanotes: what the annex says of where the data come from and of what was looked into."""
