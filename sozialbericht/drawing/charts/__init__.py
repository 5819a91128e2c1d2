"""Charts: everything drawn that is not a map."""
