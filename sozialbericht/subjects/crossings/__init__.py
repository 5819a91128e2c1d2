"""Across the dimensions: Aktionsräume beside the other areas, what follows for the plan, one area as a whole."""
