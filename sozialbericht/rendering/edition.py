"""One report of a run: its chapters and profiles, the tasks it waits for, its assembly, stitching and publication."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sozialbericht.audit.finished.fileaudit import FileAudit
from sozialbericht.audit.finished.staff import Staff
from sozialbericht.cache import protecteddata, stitched
from sozialbericht.cache.checkeddata import CheckedData
from sozialbericht.cache.protecteddata import ProtectedDigests
from sozialbericht.cache.runcache import RunCache
from sozialbericht.cache.stitched import StitchedProject
from sozialbericht.export import exportfolder
from sozialbericht.export.exportjob import ExportJob
from sozialbericht.faults import ReportError
from sozialbericht.fitting import absence, termlist
from sozialbericht.order import archive, inputlist, manifest, moment, profiles, recipe, versions
from sozialbericht.order.manifest import Manifest
from sozialbericht.order.profiles import Profile
from sozialbericht.order.project import Chapter, Project
from sozialbericht.order.request import Made, Request
from sozialbericht.order.tasks import AREA, Result, Task, chapter_tasks, profile_tasks
from sozialbericht.rendering import identity, places, publication, retention
from sozialbericht.rendering.clearance import Clearance
from sozialbericht.rendering.legibility import Legibility
from sozialbericht.rendering.runcourse import Part, Telling
from sozialbericht.stitching import assembly, imprint, profileprint, typesetting
from sozialbericht.stitching.builtin import Occasions
from sozialbericht.stitching.engine import Engine
from sozialbericht.stitching.stitch import Stitcher


@dataclass(frozen=True)
class Means:
    """What all reports of a run are made from and with, and who audits them."""

    project: Project
    data: CheckedData
    engine: Engine
    cache: RunCache
    staff: Staff


class Edition:
    """One report in the making. A folder to work in is open until the end of :meth:`opened` or of ``stack``."""

    def __init__(self, request: Request, means: Means, say: Telling) -> None:
        """Choose chapters and profiles and open the folder.

        Raises :class:`InputError` for unknown chapters and areas and for an output folder that is in use.
        """
        self.request, self.project, self._data, self._cache = request, means.project, means.data, means.cache
        self._engine, self._say = means.engine, say
        self.name, self.among_others = str(request.year), False
        self.output = request.folder(self.project.root)
        self.chapters = self.project.select(request.only)
        self.profiles: list[Profile] = []
        self._all_profiles = True
        overview = self._choose_profiles()
        places.check(self.output, request.kind, self.project, self._data.folder)
        self.stack = ExitStack()
        self._workshop = self.stack.enter_context(publication.workshop(self.output))
        (self._workshop / "notebooks").mkdir()
        self._texts: tuple[Chapter, ...] = ()
        if overview:
            path = self._workshop / f"{profiles.OVERVIEW}.qmd"
            path.write_text(overview, encoding="utf-8")
            self._texts = (Chapter(profiles.OVERVIEW, path, False),)
        self.tasks = self._make_tasks()
        self._results: dict[str, Result] = {}
        audit = FileAudit(means.staff, means.cache, means.data.folder, request.year) if request.audited else None
        self._clearance = None if audit is None else Clearance(audit, request.year)
        self._legibility = Legibility(means.cache, means.staff)
        self._export: ExportJob | None = None
        self.ahead: Future[None] | None = None
        """What is done by :meth:`lay_out_ahead`, if anything: it ends before the new report is set or published."""

    def _choose_profiles(self) -> str:
        """Choose the profiles; returns the text of their list."""
        if self.request.profiles is None:
            return ""
        tables = self._data.tables
        self.profiles = profiles.choose(self.project, tables.areas, tables.levels, self.request.profiles)
        if self.request.profiles:
            every = profiles.choose(self.project, tables.areas, tables.levels, [])
            self._all_profiles = len(self.profiles) == len(every)
        return profiles.overview(self.project, self.profiles)

    def _make_tasks(self) -> list[Task]:
        """The notebooks to execute: those of the chapters, then one per profile."""
        asked, folder = self.request, self._data.folder
        return chapter_tasks(self.project, asked, folder) + profile_tasks(self.profiles, asked, folder)

    def take(self, result: Result) -> bool:
        """Take the result of a task and say that it was executed; returns whether it was the last one."""
        if not result.stored:
            sign, year = "✗" if result.failure else "✓", f"{self.name} " if self.among_others else ""
            line = f"  {sign} {year}{result.task.name} ({result.seconds:.1f} s)".replace(".", ",")
            part = Part(self.name, result.task.name, profile=AREA in dict(result.task.parameters))
            self._say.done(part, result.seconds, failed=bool(result.failure), line=line)
        (self._workshop / "notebooks" / result.task.file).write_text(result.notebook, encoding="utf-8")
        self._results[result.task.name] = result
        return len(self._results) == len(self.tasks)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """The last part of the work on this report; at its end the folder to work in is closed.

        Raises :class:`ReportError` with one summary per failed notebook or the words of a stitcher, and
        :class:`InputError` for what does not belong into a report.
        """
        if self.ahead:
            self.ahead.cancel()  # what has not begun comes too late
        with self.stack:
            self._refuse_failures()
            yield

    def assemble(self) -> None:
        """Make the Quarto project of the report and, beside its folder, that of the combined profiles."""
        self._do("Stelle den Bericht zusammen")
        executed = {t.name: self._workshop / "notebooks" / t.file for t in self.tasks}
        pages = tuple(p.chapter for p in self.profiles)
        cover = assembly.Cover(
            self.request.year, self._data.status_text, self._data.settings, self.request.mark, self.request.audited,
            self._data.levels, moment.printed(self._moment()),
        )
        assembly.assemble(self.project, self.chapters, executed, self._stage, cover, web=(*self._texts, *pages))
        own = {name: getattr(self._data.settings, name) for name in termlist.OWN}
        termlist.settle(self._stage, own, whole=not self.request.only)
        absence.settle(self._stage, self.project, executed, cover.fill)
        protected = protecteddata.digests_of(self._cache, self._data.folder, self.request)
        self._identity = identity.of(self.project, self.chapters, executed, cover, protected.counts)
        status = imprint.words(self._data.releases(cover.year), self._identity)
        imprint.put(self._stage, status, imprint.paragraphs(cover), imprint.sections(cover), self._identity)
        for line in imprint.reminders(cover.status_text, cover.decided):
            self._tell(line)
        self._about = self._described(protected)
        if self.request.only:
            absence.soften_references(self._stage)
        if self.profiles and "pdf" in self.request.formats:
            start = Chapter("index", self._texts[0].source, False)
            mark = cover.mark if self._all_profiles else manifest.EXCERPT.capitalize()
            cover = replace(cover, mark=mark, picture=self._stage / assembly.COVER)
            more = profileprint.combined_settings(
                self._city(), self.request.year, cover.mark, self._data.levels.unten
            )
            assembly.assemble(self.project, (start, *pages), executed, self._combined, cover, more=more)
            absence.soften_references(self._combined, "")
        if self._clearance is not None:
            self._clearance.ahead_of(self._stage, self._stage.name)
            sources = self._cache, self._data.folder, self.request
            self._export = ExportJob(sources, self._identity, self._moment(), self.stack)

    def stitch(self) -> None:
        """Stitch the assembled projects into the folder that will be published, or take it from an earlier run."""
        stages, folder = [self._stage], self._stage.parent
        if self._combined.is_dir():
            stages.append(self._combined)
        formats, status_text = self.request.formats, self._data.status_text
        data = "" if self._export is None else f"../{exportfolder.NAME}/{exportfolder.workbook(self.request.year)}"
        key = self._cache.keys.stitched(stages, self._engine.name, repr((formats, status_text, self.profiles, data)))
        self._stitched = StitchedProject(self._cache, key)
        stored = self._workshop / "bekannt"
        names = self._stitched.get(stored)
        if names is not None:
            shutil.rmtree(folder)
            stored.rename(folder)
        else:
            made = None
            if self.profiles and "pdf" in formats:  # the report names their pages
                made = profileprint.make(self._combined, self.profiles, folder, self._engine.quarto, self._stage)
            stitcher = Stitcher(self._engine.quarto, formats, status_text, self.profiles, self._cache.store, data)
            assembled = set(manifest.leaves(self._stage))
            pdf, page, word = stitcher.stitch(self._stage, folder, self._occasions())
            names = [pdf, page, made, word]
            sources = typesetting.sources(self._stage)
            for path in set(manifest.leaves(self._stage)) - assembled:  # only the stitcher needs it
                retention.delete(self._stage / path)
            retention.delete_empty(self._stage)
            self._stitched.put(folder, names, sources)
        self._names = names
        if self._export is not None:
            self._export.put(folder, names[1])

    def clear(self) -> None:
        """Let the finished report pass proof and audit; raises :class:`ReportError` unless it is a draft."""
        folder, (pdf, _, combined, _) = self._stage.parent, self._names
        proofs = [(pdf, self._stage), (combined, self._combined)]
        self._legibility.require(
            [(folder / name, stage) for name, stage in proofs if name], self._tell, strict=self.request.audited
        )
        manifest.write(folder, manifest.of(folder, self._about))
        if self._clearance is not None:
            self._clearance.require(folder, publication.failed_folder(self.output) / folder.name, self._tell)

    def publish(self) -> Made:
        """Put the report in the place of the one before; returns what was made."""
        self._wait()
        if self.request.audited and not publication.repeats(self._stage.parent, self.output):
            archive.keep(self.output, self._data.settings.archiv)
        notes = publication.publish(self._stage.parent, self.output, self._about)
        for note in (*notes, inputlist.write(self.output, inputlist.of(self.project, self._data.folder))):
            if note:
                self._tell(note)
        self._stitched.published(self.output)
        pdf, page, combined, word = (self.output / name if name else None for name in self._names)
        return Made(self.output, pdf, page, self._engine.name, combined, word)

    def lay_out_ahead(self) -> None:
        """Let Typst lay out the report that lies in the output, from a copy with its sources,
        which are not published.
        """
        sources = stitched.sources(self._cache, self.output)
        project, copy = self.output / places.MARK.parent, self._workshop / "probe"
        if not sources or not project.is_dir():
            return
        with suppress(OSError):
            shutil.copytree(project, copy)
            for name, text in sources.items():
                (copy / name).write_text(text, encoding="utf-8")
            typesetting.lay_out_ahead(copy)
        shutil.rmtree(copy, ignore_errors=True)

    def _occasions(self) -> Occasions:
        """Have read and judged what is there while the rest is still being made."""

        def judge(name: str = "", content: bytes = b"") -> None:
            if self._clearance is not None:
                if name:
                    self._clearance.ahead(name, content)
                if self._export is not None:
                    self._export.hand_over(self._clearance.ahead)

        def before_setting() -> None:
            judge()
            self._wait()

        return Occasions(before_setting, lambda name, pages: self._legibility.ahead(name, pages, self._stage), judge)

    def _wait(self) -> None:
        """Wait for what is laid out ahead; where that has failed it has made nothing quicker, that is all."""
        if self.ahead:
            wait([self.ahead])

    def _tell(self, line: str) -> None:
        self._say(f"{self.name}: {line}" if self.among_others else line)

    def phase(self, line: str) -> None:
        """Tell that one of the last steps begins."""
        self._say.phase(line, self.name if self.among_others else "")

    def _do(self, line: str) -> None:
        self._say.doing(line, self.name if self.among_others else "")

    def _refuse_failures(self) -> None:
        kept = publication.failed_folder(self.output) / "notebooks"
        results = [self._results[t.name] for t in self.tasks]
        if failures := [r.failure.told(kept / r.task.file) for r in results if r.failure]:
            count = "Ein Notebook ist" if len(failures) == 1 else f"{len(failures)} Notebooks sind"
            remedy = "Die genannten Zellen in JupyterLab (python render.py --lab) berichtigen, dann erneut rendern."
            raise ReportError("\n".join([f"{count} fehlgeschlagen:", *failures]), remedy)

    @property
    def _stage(self) -> Path:
        """The assembled project of the report; its parent is the folder that will be published."""
        return self._workshop / "bericht" / "projekt"

    @property
    def _combined(self) -> Path:
        """The assembled project of the combined profiles."""
        return self._workshop / "profile"

    def _described(self, protected: ProtectedDigests) -> Manifest:
        """What the manifest says of this report besides its files."""
        request, keys = self.request, self._cache.keys
        state = keys.state(request, self._data.folder, protected)
        return Manifest(
            request.kind, request.year, state, edition=self._identity, engine=self._engine.option,
            command=recipe.of(request, self._engine.option), protected=protected.counts,
            versions=versions.of(self._engine.name),
        )  # fmt: skip

    def _moment(self) -> dt.datetime:
        """The point of time that the files of this report carry."""
        year = self.request.year
        days = [dt.date.fromisoformat(day)] if (day := self._data.newest.get(year)) else []
        return moment.of([*days, *(release.date for release in self._data.releases(year))])

    def _city(self) -> str:
        tables = self._data.tables
        return str(tables.areas.loc[tables.areas["ebene"] == tables.levels[0], "kurzname"].iloc[0])
