"""Readers: everything that a published file says, shown or not, one reader a format."""
