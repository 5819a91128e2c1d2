"""No report is published that gives a withheld count away, or that holds what nobody can read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import local_staff
import pytest
import small_publication as small
import small_report

from sozialbericht.audit import sources
from sozialbericht.audit.finished import staff
from sozialbericht.audit.finished.fileaudit import Leak, Outcome
from sozialbericht.blocklanguage import DRAWN
from sozialbericht.faults import ReportError
from sozialbericht.rendering import production
from sozialbericht.rendering.clearance import NAMED, Clearance
from sozialbericht.rendering.production import Made, Request

TITLE = "Anteil der unter 25-Jährigen an den Arbeitslosen"


class Found:
    """An audit that has found this."""

    def __init__(self, found: Outcome) -> None:
        self.found = found

    def outcome(self, folder: Path) -> Outcome:
        return self.found


def told(**found: object) -> str:
    outcome = Outcome(**{"exposed": [], "leaks": [], "unread": {}, **found})  # type: ignore[arg-type]
    with pytest.raises(ReportError) as words:
        audit: Any = Found(outcome)
        Clearance(audit, 2006).require(Path("neu"), Path("build/2006.fehler/bericht"), pytest.fail)
    return str(words.value)


def test_what_is_safe_passes() -> None:
    audit: Any = Found(Outcome([], [], {}))
    Clearance(audit, 2006).require(Path("neu"), Path("alt"), pytest.fail)


def test_a_photograph_is_to_be_looked_at(tmp_path: Path) -> None:
    folder, said = tmp_path / "projekt" / "bilder", list[str]()
    folder.mkdir(parents=True)
    for name, svg in {
        "fig-a": '<svg width="9"><title>Arm &amp; Reich</title><image width="9" href="data:,"/></svg>',
        "fig-b": f'<svg {DRAWN}><title>Dichte</title><g><image width="9" href="data:,"/></g></svg>',
        "fig-b.schmal": '<svg><title>Dichte</title><g><image width="9" href="data:,"/></g></svg>',
        "fig-c": "<svg><title>Rate</title><text>&lt;image&gt;</text></svg>",
    }.items():
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    audit: Any = Found(Outcome([], [], {}))
    Clearance(audit, 2006).require(tmp_path, Path("alt"), said.append)
    assert said == [
        "„Arm & Reich“ zeigt ein Foto; was darauf steht, liest die Prüfung nicht: ansehen.",
        "„Dichte“ enthält ein Bild aus Punkten; was darauf steht, liest die Prüfung nicht: ansehen.",
    ]


def test_each_kind_of_fault_has_its_remedy() -> None:
    leak = Leak("A, b: „2“", "in „…“", ["a.html"])
    words = told(exposed=["A, b (31.12.2006): bestimmt"], leaks=[leak], unread={"c.png": "kein Leser"})
    first, second, third = words.split("\n\n")
    assert "Die Geheimhaltung hält nicht: 1 geheim" in first and "zerlegungen.csv" in first
    assert "steht, was geheim gehalten ist:\n  A, b: „2“ in „…“\n    a.html\n" in second
    assert "--output build/2006.fehler/bericht“" in second
    assert "c.png: kein Leser" in third and "audit/readers/channels.py" in third
    assert all("\n  → " in part for part in (first, second, third))


def test_few_places_are_named() -> None:
    files = [f"{n}.html" for n in range(NAMED + 2)]
    lines = told(leaks=[Leak(f"Stelle {n}", "", files) for n in range(NAMED + 7)]).splitlines()
    assert [line.strip() for line in lines if "Stelle " in line] == [f"Stelle {n}" for n in range(NAMED)]
    assert lines[2] == f"    {', '.join(files[:NAMED])} und 2 weitere"
    assert lines[1 + 2 * NAMED] == "  … und 7 weitere"


def test_a_report_whose_tables_do_not_hold_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of the small city as the primary rule alone leaves them."""
    monkeypatch.setattr(sources, "shown", lambda data, year: small.tables(year))
    monkeypatch.setattr(staff, "opened", local_staff.opened)
    project = small_report.project(tmp_path / "projekt")
    with pytest.raises(ReportError, match=r"Die Geheimhaltung hält nicht[^→]*Lindenhof[^→]*bestimmt"):
        production.make(Request(2006, ("html",), "builtin", data=project / "data"), root=project)
    assert not (project / "build" / "2006").exists()


# -- a leak in a notebook --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with profiles and its report, which is safe."""
    root = tmp_path_factory.mktemp("leck") / "projekt"
    small_report.with_profiles(small_report.project(root))
    assert make(root)
    return root


def make(root: Path, **more: object) -> Made:
    request = Request(2006, engine="builtin", data=root / "data", profiles=[], **more)  # type: ignore[arg-type]
    return production.make(request, root=root)


def refused(root: Path, notebook: Path, line: str) -> str:
    """What is said of a report in one of whose notebooks stands one line more; the report before stays as it is."""
    build, before = root / "build" / "2006", notebook.read_text(encoding="utf-8")
    files = {path: path.read_bytes() for path in build.rglob("*") if path.is_file()}
    small_report.add_line(notebook, line)
    try:
        with pytest.raises(ReportError) as words:
            make(root)
    finally:
        notebook.write_text(before, encoding="utf-8")
    assert {path: path.read_bytes() for path in build.rglob("*") if path.is_file()} == files
    return str(words.value)


def test_a_leak_in_the_prose_of_a_notebook(root: Path) -> None:
    """A number past all checks of the sources: what is given away is said once, with all files, the notebook first."""
    name = 't=b.indikatoren().loc["alo_u25_anteil", "bezeichnung"]'
    lines = f'zahl = "0,2"\nb.text("{{t}} in Lindenhof: {{z}} %.", {name}, z=zahl)'
    words = refused(root, root / "notebooks" / "03_arbeitslosigkeit.ipynb", lines)
    head, what, files, remedy = words.splitlines()
    assert head == "Im fertigen Bericht steht, was geheim gehalten ist:"
    assert what == f"  Lindenhof, {TITLE} (Zähler): „0,2“ in „{TITLE} in Lindenhof: 0,2 %.“"
    named = files.strip().split(", ")
    assert named[0] == "projekt/arbeitslosigkeit.ipynb"
    assert set(named[1:]) == {"bericht-2006.pdf", "html/arbeitslosigkeit.html", "html/web/suchdaten.js"}
    assert str(root / "build" / "2006.fehler" / "bericht") in remedy


def test_a_notebook_cannot_talk_the_audit_round(root: Path) -> None:
    """Those who audit come from the parent of the kernels, but not from one that has run a notebook."""
    name = 't=b.indikatoren().loc["alo_u25_anteil", "bezeichnung"]'
    lines = (
        "from sozialbericht.audit.evidence import Evidence\nfrom sozialbericht.findings import tablestore\n"
        "Evidence.statements = lambda *_: iter(())\ntablestore._stores.clear()\n"
        f'zahl = "0,2"\nb.text("{{t}} in Lindenhof: {{z}} %.", {name}, z=zahl)'
    )
    assert "Lindenhof: 0,2 %" in refused(root, root / "notebooks" / "03_arbeitslosigkeit.ipynb", lines)


def test_a_leak_in_a_profile(root: Path) -> None:
    sentence = (
        'b.text("{t} in Lindenhof: {z}.", t=b.indikatoren().loc["alo_u25_anteil", "bezeichnung"], '
        'z="0,2 %" if raum == "sr_hafen" else "keine Angabe")'
    )
    words = refused(root, root / "notebooks" / "profil" / "sozialraum.ipynb", sentence)
    _, what, files, _ = words.splitlines()
    assert what.startswith(f"  Lindenhof, {TITLE} (Zähler): „0,2“")
    assert set(files.strip().split(", ")) == {
        "projekt/profil-sr_hafen.qmd", "html/profil-sr_hafen.html", "html/web/suchdaten.js", "profile/sr_hafen.pdf",
        "sozialraumprofile-2006.pdf",
    }  # fmt: skip


def test_a_format_without_a_reader_is_not_published(root: Path) -> None:
    build = root / "build" / "2006"
    before = (build / "manifest.json").read_bytes()
    planted = root / "report" / "web" / "wappen.png"
    planted.write_bytes(b"\x89PNG")
    try:
        with pytest.raises(ReportError, match=r"projekt/web/wappen\.png: für das Format „\.png“ gibt es keinen Leser"):
            make(root)
    finally:
        planted.unlink()
    assert (build / "manifest.json").read_bytes() == before


def test_a_draft_of_a_leak_says_that_nobody_has_audited_it(root: Path) -> None:
    notebook = root / "notebooks" / "03_arbeitslosigkeit.ipynb"
    before = notebook.read_text(encoding="utf-8")
    small_report.add_line(notebook, 'b.text("Alles andere als geprüft: {z}.", z="17")')
    try:
        made = make(root, draft=True)
    finally:
        notebook.write_text(before, encoding="utf-8")
    assert made.folder == root / "build" / "2006-entwurf"
    assert "Entwurf, ungeprüft" in (made.folder / "html" / "arbeitslosigkeit.html").read_text(encoding="utf-8")
