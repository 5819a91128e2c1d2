"""Charts of dots with their intervals, a few rows each."""
