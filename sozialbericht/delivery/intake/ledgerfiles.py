"""Ledgerfiles: files of the data folder replaced together, kept so that the last intake can be taken back."""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sozialbericht.data import files
from sozialbericht.faults import Fault, InputError

FOLDER = "letzte-lieferung"
_STATE = "stand.json"


def replaced(data: Path, keep: Path, contents: Mapping[str, bytes], told: str) -> None:
    """Give files of ``data`` (by their path in it) these contents: all of them or none.

    What they held before lies in ``keep``/:data:`FOLDER` until the next time; ``told`` says what was done.
    Raises :class:`InputError` where a file cannot be written, with everything as it was.
    """
    place = keep / FOLDER
    new = keep / f".{FOLDER}.{secrets.token_hex(4)}"
    try:
        new.mkdir(parents=True)
        state: dict[str, Any] = {"fertig": False, "was": told, "dateien": {}}
        for number, (file, content) in enumerate(contents.items()):
            path = data / file
            before = path.read_bytes() if path.is_file() else None
            if before is not None:
                (new / str(number)).write_bytes(before)
            state["dateien"][file] = {"vorher": before is not None and str(number), "nachher": _sum(content)}
        (new / _STATE).write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
        shutil.rmtree(place, ignore_errors=True)
        new.replace(place)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        raise InputError([_unwritable(keep, error)]) from error
    try:
        for file, content in contents.items():
            files.put(data / file, content)
    except BaseException as error:
        _restore(data, place, state)
        if isinstance(error, OSError):
            raise InputError([_unwritable(Path(error.filename2 or error.filename or data), error)]) from error
        raise
    files.put(place / _STATE, json.dumps({**state, "fertig": True}, ensure_ascii=False).encode())


def recovered(data: Path, keep: Path) -> str:
    """Take back an intake that was cut off while it was written; returns what it was, "" where there is none."""
    state = _state(keep)
    if state is None or state["fertig"]:
        return ""
    _restore(data, keep / FOLDER, state)
    return str(state["was"])


def undone(data: Path, keep: Path) -> str:
    """Take the last intake back; returns what it was.

    Raises :class:`InputError` where there is none, and where one of its files was changed since.
    """
    state = _state(keep)
    if state is None:
        remedy = "Zurückgenommen wird nur die letzte Lieferung, einmal; frühere Stände hat git."
        raise InputError([Fault("--undo", "Es gibt keine Lieferung, die zurückgenommen werden kann.", remedy)])
    changed = [
        file for file, told in state["dateien"].items()
        if not (data / file).is_file() or _sum((data / file).read_bytes()) != told["nachher"]
    ]  # fmt: skip
    if changed and state["fertig"]:
        remedy = "Diese Datei von Hand berichtigen; der Befehl überschreibt keine spätere Änderung."
        raise InputError(
            [Fault(f"{data.name}/{file}", "Die Datei ist seit der Lieferung geändert.", remedy) for file in changed]
        )
    try:
        _restore(data, keep / FOLDER, state)
    except OSError as error:
        raise InputError([_unwritable(Path(error.filename2 or error.filename or data), error)]) from error
    return str(state["was"])


def _state(keep: Path) -> dict[str, Any] | None:
    try:
        state = json.loads((keep / FOLDER / _STATE).read_text(encoding="utf-8"))
        state["fertig"], state["was"], state["dateien"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return state if isinstance(state, dict) else None


def _restore(data: Path, place: Path, state: Mapping[str, Any]) -> None:
    """Give every file what it held before, then forget it."""
    for file, told in state["dateien"].items():
        if told["vorher"] is False:
            (data / file).unlink(missing_ok=True)
        else:
            files.put(data / file, (place / told["vorher"]).read_bytes())
    shutil.rmtree(place, ignore_errors=True)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _unwritable(path: Path, error: OSError) -> Fault:
    what = f"Die Datei lässt sich nicht schreiben ({error.strerror}); es wurde nichts verändert."
    return Fault(path.name, what, "In anderen Programmen schließen, Platz und Rechte prüfen und noch einmal aufrufen.")
