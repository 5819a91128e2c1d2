"""The seeded generator of the demonstration data."""
