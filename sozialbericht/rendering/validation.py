"""Validation: data, notebooks, texts and years of a project, with every fault of all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sozialbericht.cache import checkeddata, snapshots
from sozialbericht.cache.checkeddata import CheckedData
from sozialbericht.cache.runcache import RunCache
from sozialbericht.faults import Fault, InputError
from sozialbericht.order.project import Project, check_year


def validated(
    project: Project, folder: Path, cache: RunCache, *years: int, hand: Callable[[bytes], object] | None = None
) -> tuple[CheckedData, Project]:
    """The data of a folder, checked, and the project with the chapters that fit them; raises :class:`InputError` with
    every fault of data, notebooks, texts, years.

    ``hand`` takes the tables for another process as soon as they are loaded (:func:`snapshots.packed`), or nothing.
    """
    from sozialbericht.data.faultlist import Findings
    from sozialbericht.data.releases import releaserecord
    from sozialbericht.fitting import chapterset

    faults: list[Fault] = []
    data = None
    try:
        data = checkeddata.get(cache, folder) or loaded(folder, cache, hand)
        if hand is not None:
            hand(b"")  # if they were known
        for year in years:
            check_year(year, data.years)
    except InputError as error:
        faults += error.faults
    record = Findings(folder)
    releaserecord.read(folder, record)
    faults += record.faults()
    chosen = chapterset.of(project, data.offer if data else None, folder, cache.texts)
    faults += chosen.faults
    if data is not None:
        from sozialbericht.stitching import assembly

        try:
            assembly.cover_words(project, data.settings)
        except InputError as error:
            faults += error.faults
    if faults or data is None:
        raise InputError(faults)
    return data, chosen.project


def loaded(folder: Path, cache: RunCache, hand: Callable[[bytes], object] | None = None) -> CheckedData:
    """Load and check the data; raises :class:`InputError`. ``hand`` as for :func:`validated`."""
    from sozialbericht.findings import tablestore
    from sozialbericht.stitching import glyphs

    store = tablestore.of(folder)
    if hand is not None:
        hand(snapshots.packed(store))
    tables = store.tables()
    if unprintable := glyphs.check(tables):
        raise InputError(unprintable)
    data = CheckedData.of(tables)
    checkeddata.put(cache, data)
    return data
