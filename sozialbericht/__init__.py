"""Reproducible report on the social situation of a city: data, notebooks, one report in print and on the web."""

__version__ = "0.1.0"
