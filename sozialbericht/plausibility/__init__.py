"""Plausibility: what is unusual in data that break no rule, and how much; the one place that says so."""
