"""Trial: the data as they would be with a delivery, read and checked before anything is written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sozialbericht.data import contract
from sozialbericht.data.tableset import Tables
from sozialbericht.faults import InputError


def tried(folder: Path, files: Mapping[str, bytes]) -> Tables:
    """The tables of a data folder in which these files (by their path in it) had these contents.

    Raises :class:`InputError` with what the contract does not take; the places are those of the real folder.
    """
    with tempfile.TemporaryDirectory(prefix=".lieferung-", dir=folder.parent) as place:
        copy = Path(place) / folder.name
        shutil.copytree(folder, copy, copy_function=_linked)
        for file, content in files.items():
            target = copy / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            target.write_bytes(content)
        try:
            return contract.load(copy)
        except InputError as error:
            prefix = f"{Path(place).name}/"
            raise InputError(
                [replace(fault, place=fault.place.replace(prefix, "")) for fault in error.faults]
            ) from None


def _linked(source: str, target: str) -> str:
    """A second name for a file, or a copy where the disk has none."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
