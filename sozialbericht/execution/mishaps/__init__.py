"""Mishaps: a cell that fails, told in German with its line and what to do next.

In the kernel :mod:`~sozialbericht.execution.mishaps.cellfault` finds the line while the error is at hand, and
:mod:`~sozialbericht.execution.mishaps.germancause` its words; :mod:`~sozialbericht.execution.mishaps.failedcell` reads
both from the executed notebook.
"""
