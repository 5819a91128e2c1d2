"""One report of a run: its chapters and profiles, the tasks it waits for, its assembly, stitching and publication."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from sozialbericht.cache.reports import DataFacts, Known
from sozialbericht.digests import digest
from sozialbericht.faults import ReportError
from sozialbericht.order import manifest, profiles  # fmt: skip
from sozialbericht.order.manifest import Manifest
from sozialbericht.order.profiles import Profile
from sozialbericht.order.project import Chapter, Project
from sozialbericht.order.request import Made, Request
from sozialbericht.order.tasks import Result, Task, chapter_tasks, parameters, task
from sozialbericht.rendering import places, publication, retention
from sozialbericht.stitching import assembly, profileprint, stitch, typesetting

REFERENCE = re.compile(r"@((?:fig|tbl|sec)-[\w-]*\w)")
LABEL = re.compile(r"\{[^{}\n]*#((?:fig|tbl|sec)-[\w-]*\w)")
LINK = re.compile(r"\[([^\[\]\n]*)\]\(#((?:fig|tbl|sec)-[\w-]*\w)\)")


class Edition:
    """One report in the making. A folder to work in is open until :meth:`finish` or until ``stack`` is left."""

    def __init__(
        self, project: Project, request: Request, data: DataFacts, engine: tuple[str, str | None], known: Known
    ) -> None:
        """Choose chapters and profiles and open the folder.

        Raises :class:`InputError` for unknown chapters and areas and for an output folder that is in use.
        """
        self.project, self.request, self._data = project, request, data
        self.engine, self._quarto = engine
        self._known = known
        self.name = str(request.year)
        self.output = request.folder(project.root)
        self.chapters = project.select(request.only)
        self.profiles: list[Profile] = []
        self._texts: tuple[Chapter, ...] = ()
        self._all_profiles = True
        overview = ""
        if request.profiles is not None:
            tables = data.tables
            self.profiles = profiles.choose(project, tables.areas, tables.levels, request.profiles)
            every = profiles.choose(project, tables.areas, tables.levels, []) if request.profiles else self.profiles
            self._all_profiles = len(self.profiles) == len(every)
            overview = profiles.overview(project, self.profiles)
        places.check(self.output, project, data.folder)
        publication.check_output(self.output, request.kind)
        self.stack = ExitStack()
        self._workshop = self.stack.enter_context(publication.workshop(self.output))
        (self._workshop / "notebooks").mkdir()
        if overview:
            path = self._workshop / f"{profiles.OVERVIEW}.qmd"
            path.write_text(overview, encoding="utf-8")
            self._texts = (Chapter(profiles.OVERVIEW, path, False),)
        self.tasks = self._make_tasks()
        self._results: dict[str, Result] = {}
        self._sources = ""
        self.rehearsal: Future[None] | None = None
        """The rehearsal of the report before, if there is one: it ends before the new one is set or published."""

    def _make_tasks(self) -> list[Task]:
        """The notebooks to execute: those of the chapters, then one per profile."""
        folder = self._data.folder
        return chapter_tasks(self.project, self.request, folder) + [
            task(self.name, p.chapter.name, p.source, {**parameters(self.request, folder), "raum": p.area}, p.place)
            for p in self.profiles
        ]

    def take(self, result: Result) -> bool:
        """Keep the result of a task; says whether it was the last one."""
        (self._workshop / "notebooks" / result.task.file).write_text(result.notebook, encoding="utf-8")
        self._results[result.task.name] = result
        return len(self._results) == len(self.tasks)

    def finish(self, say: Callable[[str], None]) -> Made:
        """Assemble, stitch and publish the report from the executed notebooks.

        Raises :class:`ReportError` with one summary per failed notebook or the words of a stitcher, and
        :class:`InputError` for what does not belong into a report.
        """
        if self.rehearsal:
            self.rehearsal.cancel()  # one that has not begun comes too late
        with self.stack:
            self._refuse_failures()
            say("Stelle den Bericht zusammen")
            stage = self._assemble()
            made = self._stitch(stage)
            self._rehearsed()
            state = self._known.state(self.request, self._data.folder)
            about = Manifest(self.request.kind, self.request.year, state)
            for note in publication.publish(stage.parent, self.output, about):
                say(note)
            self._known.keep_printed(self.output, self._sources)
        return made

    def rehearse(self) -> None:
        """Let Typst lay out the report that lies in the output, from a copy with its sources,
        which are not published.
        """
        sources = self._known.printed(self.output)
        project, copy = self.output / publication.MARK.parent, self._workshop / "probe"
        if not sources or not project.is_dir():
            return
        with suppress(OSError):
            shutil.copytree(project, copy)
            for name, text in sources.items():
                (copy / name).write_text(text, encoding="utf-8")
            typesetting.rehearse(copy)
        shutil.rmtree(copy, ignore_errors=True)

    def _rehearsed(self) -> None:
        """Wait for a rehearsal that runs; one that has failed has made nothing quicker, that is all."""
        if self.rehearsal:
            wait([self.rehearsal])

    def _refuse_failures(self) -> None:
        kept = publication.failed_folder(self.output) / "notebooks"
        results = [self._results[t.name] for t in self.tasks]
        failures = [r.failure.told(kept / r.task.file) for r in results if r.failure]
        if failures:
            count = "Ein Notebook ist" if len(failures) == 1 else f"{len(failures)} Notebooks sind"
            raise ReportError("\n".join([f"{count} fehlgeschlagen:", *failures]))

    def _assemble(self) -> Path:
        """The Quarto project of the report and, beside its folder, that of the combined profiles."""
        stage = self._workshop / "bericht" / "projekt"
        executed = {t.name: self._workshop / "notebooks" / t.file for t in self.tasks}
        pages = tuple(p.chapter for p in self.profiles)
        common: dict[str, Any] = {"year": self.request.year, "status_text": self._data.status_text}
        common["excerpt"] = bool(self.request.only)
        common["decided"] = self._data.settings
        assembly.assemble(self.project, self.chapters, executed, stage, web=(*self._texts, *pages), **common)
        if self.request.only:
            soften_references(stage)
        if self.profiles and "pdf" in self.request.formats:
            start = Chapter("index", self._texts[0].source, False)
            common["excerpt"] = excerpt = bool(self.request.only) or not self._all_profiles
            more = profileprint.combined_settings(self._city(), self.request.year, excerpt=excerpt)
            assembly.assemble(self.project, (start, *pages), executed, self._combined, more=more, **common)
            soften_references(self._combined, "")
        return stage

    @property
    def _combined(self) -> Path:
        return self._workshop / "profile"

    def _city(self) -> str:
        tables = self._data.tables
        return str(tables.areas.loc[tables.areas["ebene"] == tables.levels[0], "kurzname"].iloc[0])

    def _stitch(self, stage: Path) -> Made:
        """Stitch the assembled projects into the folder that will be published, or take it from an earlier run."""
        formats, folder, status_text = self.request.formats, stage.parent, self._data.status_text
        stages = [stage, self._combined] if self._combined.is_dir() else [stage]
        key = self._known.stitched_key(stages, self.engine, repr((formats, status_text, self.profiles)))
        self._sources = digest("sources", key)
        cache, record = self._known.cache, self._known.cache.get(digest("names", key))
        if record is not None and cache.get_folder(key, self._workshop / "bekannt"):
            shutil.rmtree(folder)
            (self._workshop / "bekannt").rename(folder)
            names = json.loads(record)
        else:
            assembled = set(manifest.leaves(stage))
            common = folder, self._quarto, status_text, self.profiles, cache
            names = [*stitch.stitch(stage, formats, *common, before_setting=self._rehearsed), None]
            if self.profiles and "pdf" in formats:
                names[2] = profileprint.make(self._combined, self.profiles, folder, self._quarto)
            sources = typesetting.sources(stage)
            for path in set(manifest.leaves(stage)) - assembled:  # only the stitcher needs it
                retention.delete(stage / path)
            retention.delete_empty(stage)
            cache.put(self._sources, json.dumps(sources).encode())
            cache.put_folder(key, folder)
            cache.put(digest("names", key), json.dumps(names).encode())
        pdf, page, combined = (self.output / name if name else None for name in names)
        return Made(self.output, pdf, page, self.engine, combined)


def soften_references(stage: Path, instead: str = "[vollständiger Bericht]") -> None:
    """In a short report, put ``instead`` in the place of references to chapters that are left out.

    Links to them become plain text.
    """
    paths = [p for p in stage.iterdir() if p.suffix in (".qmd", ".ipynb")]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    present = {label for text in texts.values() for label in LABEL.findall(text)}
    for path, text in texts.items():
        unlinked = LINK.sub(lambda m: m[0] if m[2] in present else m[1], text)
        softened = REFERENCE.sub(lambda m: m[0] if m[1] in present else instead, unlinked)
        path.write_text(softened, encoding="utf-8")
