"""Profile: the two pages of one area."""
