"""Export job: the open data of a report, made beside the setting of its pages and put into its folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from sozialbericht.cache.runcache import RunCache
from sozialbericht.export import exportdraft, exportfolder
from sozialbericht.order.request import Request


class ExportJob:
    """Begins at once, and ends with ``stack`` at the latest; ``edition`` is the report's identity, ``moment`` the date
    that its files carry."""

    def __init__(self, sources: tuple[RunCache, Path, Request], edition: str, moment: dt.datetime, stack: ExitStack):
        self._sources, self._edition, self._moment = sources, edition, moment
        self._made = stack.enter_context(ThreadPoolExecutor(1)).submit(self._make)

    def _make(self) -> dict[str, bytes]:
        return exportfolder.files(exportdraft.of(*self._sources, self._moment), self._edition)

    def hand_over(self, judge: Callable[[str, bytes], object]) -> None:
        """Have the files judged that are there already, by their name in the report and their content."""
        if self._made.done():
            for name, content in self._made.result().items():
                if name != exportfolder.PAGES:
                    judge(f"{exportfolder.NAME}/{name}", content)

    def put(self, report: Path, page: str | None) -> None:
        """Put the files into the folder of a report, and their record into its first ``page``."""
        content = self._made.result()
        exportfolder.write(content, report / exportfolder.NAME)
        if page:
            exportfolder.put_into(report / page, content[exportfolder.PAGES])
