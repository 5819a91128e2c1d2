"""Generator of demonstration data: published totals are met exactly, everything below them is modelled.

Nothing named stands in this package. Areas, features, published values and assumptions come from the
folder ``modell`` of the data; the same inputs give the same files, byte for byte.
"""
