"""Across the dimensions: the Aktionsräume beside the other areas, what follows for the plan, one area read as a whole."""
