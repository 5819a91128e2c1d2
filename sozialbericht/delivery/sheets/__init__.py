"""Sheets: what a file or a pasted text holds, as grids of cells."""
