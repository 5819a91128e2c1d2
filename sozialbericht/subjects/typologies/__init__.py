"""The typology in a report: its figures, its tables, its probes in words."""
