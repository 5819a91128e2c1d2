"""Cells: one cell as number or sign, point of time, or area."""
