"""Layout: the tables in a grid, with their heads, rows, titles and notes."""
