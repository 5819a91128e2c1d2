"""Cache: what earlier runs have made, by the keys of everything that it was made from."""
