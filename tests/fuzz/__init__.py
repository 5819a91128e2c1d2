"""Inputs broken at random: data folders, notebooks and texts, each tried with ``--check``."""
