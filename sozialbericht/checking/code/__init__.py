"""The code of notebooks as syntax trees: names, values, calls, as far as the code says so."""
