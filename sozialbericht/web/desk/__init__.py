"""Desk: pages for the analyst alone, outside every report."""
