"""Watch: what is saved is rendered again, and the browser shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from sozialbericht.cache.keys import Inputs
from sozialbericht.digests import LEFTOVER
from sozialbericht.faults import InputError, ReportError
from sozialbericht.order.project import PACKAGE, default_root
from sozialbericht.order.request import Made, Request
from sozialbericht.rendering.server import Preview

#: What editors write beside the file that is saved.
EDITOR = re.compile(r"\..*|.*~|.*\.(?:tmp|swp|swx|bak|crdownload)|\d{4,}|#.*#")
#: Milliseconds of quiet after the last change of a burst, between two looks, and after which nothing is heard of
#: nothing.
QUIET, LOOK, SILENCE = 300, 50, 200
Outcome = Made | InputError | ReportError


def relevant(path: str) -> bool:
    """Whether a changed file can matter: none that editors and programs leave behind."""
    place = Path(path)
    return not (EDITOR.fullmatch(place.name) or any(LEFTOVER.fullmatch(part) for part in place.parts))


def watch(
    requests: Sequence[Request],
    make: Callable[[], Sequence[Outcome]],
    data: Path,
    *,
    say: Callable[[str], None],
    opened: Callable[[str], object] = lambda address: None,
    root: Path | None = None,
    stop: Event | None = None,
) -> None:
    """Make the reports now and after each change in notebooks, texts and data, until ``stop`` or an interruption.

    ``make`` makes them and returns what was made or why not. ``opened`` is given the preview's address once.
    """
    from watchfiles import watch as changes

    root = (root or default_root()).resolve()
    program = Inputs(root).program
    places = [p for p in dict.fromkeys((root / "notebooks", root / "report", data.resolve(), PACKAGE)) if p.is_dir()]
    bursts = changes(
        *places, watch_filter=lambda _, path: relevant(path), debounce=QUIET, step=LOOK, stop_event=stop,
        raise_interrupt=True, rust_timeout=SILENCE, yield_on_timeout=True,
    )  # fmt: skip
    with Preview() as preview:
        say(f"Vorschau: {preview.address} (Ende mit Strg-C)")
        opened(preview.address)
        next(bursts, None)  # from here on: what is saved while the first reports are made is seen, too
        _make(requests, make, preview, say)
        for burst in bursts:
            if not burst:
                continue
            names = sorted({Path(path).name for _, path in burst})
            say(f"Geändert: {', '.join(names[:5])}{' …' if len(names) > 5 else ''}")
            if Inputs(root).program != program:
                words = "Das Programm selbst hat sich geändert: bitte --watch beenden und neu starten."
                preview.complain(words)
                say(words)
                continue
            _make(requests, make, preview, say)


def _make(
    requests: Sequence[Request], make: Callable[[], Sequence[Outcome]], preview: Preview, say: Callable[[str], None]
) -> None:
    """Make the reports once; a fault is shown, the last good pages stay."""
    faults: list[str] = []
    folders = dict(preview.state.folders)
    try:
        for request, made in zip(requests, make(), strict=True):
            if isinstance(made, Made):
                folders[str(request.year)] = made.folder
            else:
                faults.append(f"{request.year}: {made}")
    except (InputError, ReportError) as error:
        faults.append(str(error))
    if len(faults) < len(requests):
        preview.show(folders)
    if faults:
        preview.complain("\n\n".join(faults))
        say("\n\n".join(faults))
    else:
        say(f"Aktuell: {preview.address}")
