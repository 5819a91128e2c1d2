"""Keys: the digest of everything that an entry is made from. All kinds of entries have their keys here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from sozialbericht import digests
from sozialbericht.cache.inputs import Inputs, notebook_digest
from sozialbericht.digests import digest, file_digest
from sozialbericht.order.request import Request
from sozialbericht.order.tasks import Parameter, Task


class Keys:
    """The keys of the entries that are made from these inputs."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs

    def checked_data(self, folder: Path) -> str:
        """What every report has to know of a data folder without fault."""
        return digest("data", self.inputs.data(folder), self.inputs.program)

    def review(self, folder: Path) -> str:
        """What is unusual in a data folder without fault."""
        return digest("review", self.inputs.data(folder), self.inputs.program)

    def snapshot(self, folder: str, years: Sequence[Parameter | None], *, shared: bool) -> str:
        """Loaded and protected data of a report and the year it is compared with, with what chapters share or not."""
        wanted = repr((folder, *years, shared))
        return digest("snapshot", self.inputs.program, self.inputs.data(Path(folder)), wanted)

    def notebook(self, task: Task) -> str:
        """An executed notebook: what it says, its parameters, its data, what stands beside it, the program; with cuts
        for phones or without."""
        parts = [notebook_digest(task.source), *(p for name, value in task.parameters for p in (name, repr(value)))]
        parts += [self.inputs.data(Path(v)) for _, v in task.parameters if isinstance(v, str) and Path(v).is_dir()]
        kind = "notebook" if task.web else "printed notebook"
        return digest(kind, *parts, self.inputs.beside(task.source), self.inputs.program)

    def report(self, request: Request, data: Path, engine: str) -> str:
        """A whole report, wherever it goes and however many kernels work for it."""
        asked = request.year, request.compare_with, request.kind, request.formats, request.only, request.profiles
        wanted = repr((*asked, engine))
        parts = self.inputs.texts(), self.inputs.data(data), self.inputs.releases(data, request.year)
        return digest("report", wanted, *parts, self.inputs.program)

    def protected(self, folder: Path, year: int) -> str:
        """Digests of the protected data of a report."""
        return digest("protected", self.inputs.program, self.inputs.data(folder), str(year))

    def export(self, folder: Path, year: int, moment: dt.datetime) -> str:
        """The open data of a report without its Kennung; the files carry ``moment``."""
        return digest("export", self.inputs.program, self.inputs.data(folder), str(year), moment.isoformat())

    def state(self, request: Request, data: Path, protected: Iterable[str]) -> str:
        """No entry but what a report's manifest says: texts and program, the digests of its ``protected`` data,
        whatever is made of them and where. It is published, so no raw table counts."""
        parts = self.inputs.texts(), *protected, self.inputs.releases(data, request.year)
        wanted = repr((request.year, request.compare_with, sorted(request.only)))
        return digest("state", wanted, *parts, self.inputs.code, self.inputs.versions)

    def cleared(self, folder: Path, year: int) -> str:
        """That no withheld count follows from the tables of a data folder up to a year."""
        return digest("cleared", self.inputs.data(folder), self.inputs.program, str(year))

    def bounds(self, questions: str) -> str:
        """That no withheld count follows from tables of which these questions are asked."""
        return digest("bounds", self.inputs.program, questions)

    def reading(self, content: str) -> str:
        """What a published file says."""
        return digest("reading", self.inputs.program, content)

    def proof(self, content: str, drawn: Sequence[str]) -> str:
        """What is wrong with the pages of a PDF that has figures of these titles drawn by analysts."""
        return digest("proof", self.inputs.program, content, *drawn)

    def logbook(self, folder: Path, year: int) -> str:
        """No entry of fixed content but a list that grows: what of published files was found harmless, judged by the
        tables of a data folder up to a year."""
        return digest("logbook", self.inputs.data(folder), self.inputs.program, str(year))

    def stitched(self, stages: Sequence[Path], *wanted: str) -> str:
        """The folder of assembled projects that are stitched in the way that ``wanted`` says."""
        return digest("stitched", *wanted, *map(digests.tree_digest, stages), self.inputs.program)

    def sources(self, output: Path) -> str:
        """Which Typst sources the report in a folder was set from."""
        return digest("printed", str(output))

    def answer(self, arguments: Iterable[str], text: str, target: str) -> str:
        """An answer of pandoc: its arguments with the content of the files that they name, the text, the target."""
        return digest("pandoc", self.inputs.libraries, self.inputs.surroundings, target, *arguments, text)

    def derived(self, name: str, answer: str) -> str:
        """What the program has made of an answer of pandoc with the key ``answer``; ``name`` tells one kind from
        another."""
        return digest(name, self.inputs.program, answer)

    def chapter(self, path: Path, place: str, names: str) -> str:
        """What was found in a chapter before it is executed; ``names`` are those that it may use."""
        return digest("checked", self.inputs.program, names, place, file_digest(path))

    def interface(self, names: str) -> str:
        """What the package offers to notebooks."""
        return digest("interface", self.inputs.program, names)
