"""Export folder: all files of the open data of one report, made in one place."""

from __future__ import annotations

from pathlib import Path

from sozialbericht.export import datarecord, editionmark
from sozialbericht.export.exportdraft import ExportDraft

#: The folder in a publication.
NAME = "daten"
#: The record for the web pages; it goes into them and is no file of the folder.
PAGES = "schema.org"


def files(draft: ExportDraft, edition: str) -> dict[str, bytes]:
    """The content of all files of the report with this Kennung by name, and under :data:`PAGES` the record for the web
    pages."""
    facts, made = draft.facts, dict(draft.tables)
    made[workbook(facts.year)] = editionmark.workbook(draft.workbook, draft.mark, edition, facts.moment)
    if draft.geopackage is not None:
        described = f"{facts.kind}, Kennung {edition}"
        made[f"gebiete-{facts.year}.gpkg"] = editionmark.geopackage(draft.geopackage, described)
    records = {
        datarecord.PACKAGE: datarecord.package(facts, edition, made),
        datarecord.CATALOGUE: datarecord.catalogue(facts, edition, made),
        PAGES: datarecord.for_pages(facts, edition, list(made), f"../{NAME}"),
    }  # fmt: skip
    return made | {name: text.encode("utf-8") for name, text in records.items()}


def workbook(year: int) -> str:
    """The name of the workbook in the folder."""
    return f"daten-{year}.xlsx"


def write(content: dict[str, bytes], folder: Path) -> None:
    """Write the files into a new folder."""
    folder.mkdir(parents=True)
    for name, text in content.items():
        if name != PAGES:
            (folder / name).write_bytes(text)


def put_into(page: Path, record: bytes) -> None:
    """Put the record into a web page, for search engines: a script that is data and does nothing."""
    text, script = page.read_text(encoding="utf-8"), f'<script type="application/ld+json">{record.decode()}</script>'
    head, end, rest = text.partition("</head>")
    if end and script not in head:
        page.write_text(f"{head}{script}\n{end}{rest}", encoding="utf-8")
