"""Speed: what earlier runs have made, stored as entries under the keys of everything that they were made from.

:mod:`~sozialbericht.cache.inputs` reads what a run is made from, :mod:`~sozialbericht.cache.keys` makes all keys of it,
:mod:`~sozialbericht.cache.store` keeps the entries on disk. :mod:`~sozialbericht.cache.runcache` is all that for one
run. The other modules say each what one kind of entry holds and when it may be stored.
"""
