"""Publication: a report replaces the one before it as a whole, and only when it is complete."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sozialbericht.faults import Fault, InputError, ReportError

#: By this file a folder is known as one that an earlier run has made.
MARK = Path("projekt") / "_quarto.yml"


def check_output(output: Path) -> None:
    """Refuse an output folder that holds something else than a report."""
    if output.is_file():
        raise InputError([Fault("--output", f"{output} ist eine Datei.", "Einen Ordner angeben.")])
    if output.is_dir() and any(output.iterdir()) and not (output / MARK).is_file():
        raise InputError(
            [Fault("--output", f"Der Ordner {output} enthält etwas anderes als einen Bericht und würde ersetzt.",
                   "Einen neuen oder leeren Ordner angeben.")]
        )  # fmt: skip


def failed_folder(output: Path) -> Path:
    """Where the workshop of a failed run stays, beside the output."""
    return output.with_name(output.name + ".fehler")


@contextmanager
def workshop(output: Path) -> Iterator[Path]:
    """A new folder beside the output to work in; after a failure it stays as ``<output>.fehler``."""
    output.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    try:
        yield folder
    except Exception:
        kept = failed_folder(output)
        shutil.rmtree(kept, ignore_errors=True)
        folder.rename(kept)
        raise
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(failed_folder(output), ignore_errors=True)


def publish(new: Path, output: Path) -> None:
    """Put the finished folder ``new`` in the place of ``output``; the old report stays if that fails."""
    old = output.with_name(f".{output.name}.alt")
    try:
        if old.exists():
            shutil.rmtree(old)
        if output.exists():
            output.rename(old)
    except OSError as error:
        raise ReportError(
            f"Der bisherige Bericht in {output} lässt sich nicht ersetzen ({error.strerror}). "
            "Wahrscheinlich ist das PDF oder der Ordner in einem anderen Programm geöffnet: schließen und erneut rendern."
        ) from error
    try:
        new.rename(output)
    except OSError:
        if old.exists():
            old.rename(output)
        raise
    shutil.rmtree(old, ignore_errors=True)
