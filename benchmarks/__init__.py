"""Benchmarks: how long the report takes, beside other ways to execute the same notebooks. See README.md."""
