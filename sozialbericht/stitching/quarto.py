"""Quarto as a subprocess: finding it, calling it, and refusing what it lets pass in silence."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from sozialbericht import surroundings
from sozialbericht.execution import guard
from sozialbericht.faults import ReportError
from sozialbericht.stitching import quartosettings
from sozialbericht.stitching.pandoc import TARGET
from sozialbericht.stitching.word import draft
from sozialbericht.tagging.finishedprint import finished

MINIMUM = (1, 9)
SILENT = "Quarto meldet keinen Fehler, aber der Bericht wäre falsch:"
OTHERWISE = "Mit --engine builtin setzt der eingebaute Setzer den Bericht ohne Quarto."
#: What Quarto says when something is wrong that it does not count as an error.
SUSPICIOUS = re.compile(
    r"Unable to resolve crossref|unknown font family|Duplicate note reference|unable to resolve link|"
    r"ERROR \([^)\n]*:-?\d+\)|Could not fetch resource",
    re.IGNORECASE,
)
#: How an unresolved reference shows in a web page.
UNRESOLVED = "quarto-unresolved-ref"


def find() -> str | None:
    """Path of the Quarto to use: ``QUARTO_PATH``, then ``PATH``, then the package ``quarto-cli``; None if there is
    none.

    ``QUARTO_PATH`` names the program, the folder ``bin`` or the one above it.
    """
    if given := _given():
        return next((str(path) for path in _programs(given) if path.is_file()), None)
    on_path = shutil.which("quarto")
    if on_path:
        return on_path
    package = importlib.util.find_spec("quarto_cli")
    if package and package.origin:
        found = sorted(Path(package.origin).parent.rglob("bin/quarto*"))
        return next((str(p) for p in found if p.suffix in ("", ".exe", ".cmd") and p.is_file()), None)
    return None


def missing() -> str:
    """What to tell a user whose ``QUARTO_PATH`` leads to no Quarto; "" where all is well."""
    given = _given()
    if given is None or find() is not None:
        return ""
    return (
        f"QUARTO_PATH ist gesetzt, aber unter „{given}“ liegt kein Quarto: "
        "den Ordner bin oder das Programm darin angeben oder die Umgebungsvariable löschen."
    )


def _given() -> Path | None:
    """The path in ``QUARTO_PATH``; the command line of Windows keeps quotation marks around it."""
    given = os.environ.get("QUARTO_PATH", "").strip().strip("\"'")
    return Path(given).expanduser() if given else None


def _programs(path: Path) -> list[Path]:
    """Where the program may lie when this path was named."""
    suffixes = (".exe", ".cmd", "") if sys.platform == "win32" else ("", ".exe", ".cmd")
    if not path.is_dir():
        return [path, *(path.with_name(path.name + suffix) for suffix in suffixes if suffix)]
    return [folder / f"quarto{suffix}" for folder in (path, path / "bin") for suffix in suffixes]


def version(executable: str) -> str:
    """What ``quarto --version`` prints; raises :class:`ReportError` below 1.9."""
    done = subprocess.run([executable, "--version"], capture_output=True, text=True, check=False)
    number = done.stdout.strip()
    match = re.match(r"(\d+)\.(\d+)", number)
    if done.returncode or not match:
        said = done.stderr.strip()[:200]
        raise ReportError(f"Quarto ({executable}) antwortet nicht auf --version: {said}", OTHERWISE)
    if (int(match[1]), int(match[2])) < MINIMUM:
        raise ReportError(
            f"Quarto {number} ist zu alt, gebraucht wird mindestens {'.'.join(map(str, MINIMUM))}.",
            f"Quarto erneuern. {OTHERWISE}",
        )
    return number


def stitch(executable: str, project: Path, formats: tuple[str, ...], output: Path) -> None:
    """Render an assembled project with Quarto: ``bericht-<year>.pdf``, ``.docx`` and/or the pages into ``output``.

    One call makes all, two where the web has chapters that are not printed (Quarto's project profile ``web``), one more
    the draft for Word (``word``).
    Raises :class:`ReportError` with Quarto's own words when it fails or lets something pass in silence.
    """
    version(executable)
    own = quartosettings.read(project)
    book = project / own["project"]["output-dir"]
    for target, arguments in _calls(project, formats).items():
        _render(executable, project, arguments)
        suspicious = [f"unaufgelöster Verweis in {page.name}" for page in sorted(book.glob("*.html"))
                      if UNRESOLVED in page.read_text(encoding="utf-8")]  # fmt: skip
        if suspicious:
            raise ReportError("\n".join([SILENT, *suspicious]), OTHERWISE)
        output.mkdir(parents=True, exist_ok=True)
        for path in sorted(book.iterdir()):
            if path.suffix in (".pdf", ".docx") and path.suffix[1:] not in target:
                continue
            if path.suffix == ".pdf":
                path.write_bytes(finished(path.read_bytes()))
            shutil.move(path, output / path.name)
    shutil.rmtree(project / ".cache", ignore_errors=True)


def _calls(project: Path, formats: tuple[str, ...]) -> dict[str, list[str]]:
    """The calls that make the formats: what each makes and its arguments."""
    if len(formats) > 1 and "docx" not in formats and not quartosettings.has_web(project):
        return {"pdf html": []}
    word = ["--to", "docx", "--profile", quartosettings.WORD_PROFILE]
    calls = {"pdf": ["--to", "typst"], "docx": word, "html": ["--to", "html"]}
    if quartosettings.has_web(project):
        calls["html"] += ["--profile", "web"]
    return {name: calls[name] for name in ("pdf", "docx", "html") if name in formats}


def _render(executable: str, project: Path, arguments: list[str]) -> None:
    """One call of ``quarto render``; what it lets pass in silence is an error, too.

    What Quarto writes aside stays in the project, so that it goes with it, however the call ends.
    """
    cache = project / ".cache"
    temporary = cache / "t"
    temporary.mkdir(parents=True, exist_ok=True)
    code, said = guard.run(
        [executable, "render", str(project), *arguments],
        {**surroundings.cleaned(), "NO_COLOR": "1", "XDG_CACHE_HOME": str(cache),
         **({TARGET: "docx", **draft.dated(quartosettings.read(project))} if "docx" in arguments else {}),
         **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))},
    )  # fmt: skip
    if code:
        raise ReportError(f"Quarto kann den Bericht nicht zusammenstellen:\n{_ending(said)}", OTHERWISE)
    suspicious = [line.strip() for line in said.splitlines() if SUSPICIOUS.search(line)]
    if suspicious:
        raise ReportError("\n".join([SILENT, *suspicious]), OTHERWISE)


def _ending(text: str, lines: int = 25) -> str:
    """The last lines of what Quarto said, where the reason stands."""
    return "\n".join([line for line in text.strip().splitlines() if line.strip()][-lines:])
