"""Intervals: what chance may have made of a value, and which differences are more than that.

A full count has no sampling error. Its interval answers another question: by how much would the number vary among
populations that live under like conditions? One file per statistic, each with formula and source, all vectorised over
areas. ``estimate`` chooses the statistic that fits an indicator; ``comparison`` is the one place that says *über*,
*unter*, *im Bereich*.
"""
