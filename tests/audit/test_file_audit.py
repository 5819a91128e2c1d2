"""The audit of the files of a finished report: what is judged, what is known from before, what is told."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import local_staff
import pytest
import small_publication as small
import typst

from sozialbericht.audit import sources
from sozialbericht.audit.cells import Shown
from sozialbericht.audit.finished.logbook import Judged, Logbook
from sozialbericht.audit.finished.staff import Desk, Staff
from sozialbericht.audit.inspector import Inspector
from sozialbericht.audit.questions import Questions
from sozialbericht.audit.readers import prints
from sozialbericht.audit.readers.readings import MARK
from sozialbericht.faults import ReportError

TITLE = "Anteil der unter 25-Jährigen an den Arbeitslosen"
LEAK = f"{TITLE} in Lindenhof: 0,2 %."


@pytest.fixture(scope="module")
def data() -> Shown:
    return small.tables()


@pytest.fixture
def folder(tmp_path: Path, data: Shown) -> Path:
    return small.publish(tmp_path / "2006", data)


@pytest.fixture(autouse=True)
def _primary_alone(monkeypatch: pytest.MonkeyPatch, data: Shown) -> None:
    """The tables that the small publication is made of."""
    monkeypatch.setattr(sources, "shown", lambda folder, year: data if year == 2006 else small.tables(year))


def judged(root: Path, folder: Path, city: Path = small.CITY) -> tuple[local_staff.LocalStaff, list[str]]:
    staff, audit = local_staff.begun(root, city)
    found = audit.outcome(folder)
    leaks = [f"{', '.join(leak.files)}: {leak.what} {leak.words}" for leak in found.leaks]
    return staff, [*leaks, *(f"{name}: {why}" for name, why in found.unread.items())]


def test_an_honest_folder_is_judged_once(tmp_path: Path, folder: Path) -> None:
    staff, faults = judged(tmp_path, folder)
    assert faults == []
    assert staff.asked == {"questions": 1, "exposed": 1, "file": 8, "together": 1}
    staff, faults = judged(tmp_path, folder)
    assert faults == []
    assert staff.asked["file"] == staff.asked["together"] == 0
    shutil.copytree(folder / "html", folder / "html2")
    assert judged(tmp_path, folder)[0].asked["file"] == 0, "the same content under another name of the folder"


def test_only_the_changed_file_is_judged_anew(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(tmp_path, folder)
    page = folder / "html" / "tabellen.html"
    small.write(
        page, page.read_text(encoding="utf-8").replace("</body>", "<p>Im Jahr 2006 gab es 17 Treffen.</p></body>")
    )
    asked: list[str] = []
    statements = Inspector.judge

    def noted(self, file, reading, known=()):  # type: ignore[no-untyped-def]
        own = statements(self, file, reading, known)
        asked.extend(mark for mark in own.harmless if mark not in known)
        return own

    monkeypatch.setattr(Inspector, "judge", noted)
    staff, faults = judged(tmp_path, folder)
    assert (faults, staff.asked["file"], len(asked)) == ([], 1, 1), "one file read, one sentence judged"


def test_a_leak_is_named_and_never_known_as_harmless(tmp_path: Path, folder: Path) -> None:
    judged(tmp_path, folder)
    page = folder / "html" / "tabellen.html"
    small.write(page, page.read_text(encoding="utf-8").replace("</body>", f"<p>{LEAK}</p></body>"))
    for _ in range(2):
        staff, (fault,) = judged(tmp_path, folder)
        assert fault == f"html/tabellen.html: Lindenhof, {TITLE} (Zähler): „0,2“ in „{LEAK}“"
        assert staff.asked["file"] == 1


def test_a_page_of_a_pdf_that_is_set_anew(tmp_path: Path, folder: Path, data: Shown) -> None:
    judged(tmp_path, folder)
    (folder / "bericht.pdf").write_bytes(typst.compile(small.document(data, LEAK).encode()))
    _, (fault,) = judged(tmp_path, folder)
    assert fault.startswith(f"bericht.pdf: Lindenhof, {TITLE}")


def test_other_data_or_another_year_know_nothing_of_it(tmp_path: Path, folder: Path) -> None:
    judged(tmp_path, folder)
    other = shutil.copytree(small.CITY, tmp_path / "daten")
    (other / "bericht.yml").write_text("titel: Anders\n", encoding="utf-8")
    assert judged(tmp_path, folder, other)[0].asked["file"] == 8
    staff, audit = local_staff.begun(tmp_path, small.CITY, 2005)
    audit.outcome(folder)
    assert staff.asked["file"] == 8


def test_files_handed_over_ahead_are_judged_as_they_are_in_the_end(tmp_path: Path, folder: Path) -> None:
    page = folder / "html" / "tabellen.html"
    staff, audit = local_staff.begun(tmp_path, small.CITY)
    audit.ahead("html/tabellen.html", page.read_bytes())
    audit.ahead("html/nie.html", b"<p>kommt nicht in den Bericht</p>")
    small.write(page, page.read_text(encoding="utf-8").replace("</body>", f"<p>{LEAK}</p></body>"))
    found = audit.outcome(folder)
    assert len(found.leaks) == 1 and not found.safe
    assert staff.asked["file"] == 2 + 8


def test_what_nobody_reads_is_named(tmp_path: Path, folder: Path) -> None:
    (folder / "html" / "bild.png").write_bytes(b"\x89PNG")
    (folder / "projekt" / "LIESMICH").write_text("x")
    (folder / "html" / "kaputt.svg").write_text("<svg")
    (folder / "verweis.html").symlink_to(folder / "html" / "tabellen.html")
    for _ in range(2):
        assert judged(tmp_path, folder)[1] == [
            "verweis.html: Verknüpfung",
            "html/bild.png: für das Format „.png“ gibt es keinen Leser",
            "html/kaputt.svg: nicht lesbar (ParseError)",
            "projekt/LIESMICH: für das Format „LIESMICH“ gibt es keinen Leser",
        ]


def test_pictures_of_single_areas_are_judged_together(tmp_path: Path, folder: Path, data: Shown) -> None:
    """Each alone says nothing; among the others, one of a withheld value stands where its value is."""
    indicator = "alo_u25_anteil"
    for area, _ in small.areas(data):
        row = data.rows[indicator, 2006, area]
        number = row.number if row.status == "ok" else 0.2
        dot = f'<use href="#punkt" x="{100 + 60 * round(number, 1):.2f}" y="40" style="fill:#07566a"/>'
        name = f"profil-{area.replace('_', '-')}-{indicator.replace('_', '-')}.web.svg"
        small.write(folder / "html" / "bilder" / name, small.svg(f"{area} {TITLE}", dot))
    for _ in range(2):
        _, faults = judged(tmp_path, folder)
        assert [fault.strip() for fault in faults] == [
            f"die Bilder der Gebiete zusammen: ein Bild zeichnet einen geheim gehaltenen Wert (Lindenhof, {TITLE})"
        ]


def test_tables_are_attacked_anew_only_when_a_sensitive_number_is_new(tmp_path: Path, folder: Path) -> None:
    city = shutil.copytree(small.CITY, tmp_path / "daten")
    staff, audit = local_staff.begun(tmp_path, city)
    assert audit.outcome(folder).exposed
    staff, audit = local_staff.begun(tmp_path, city)
    assert audit.outcome(folder).exposed, "what is exposed is not forgotten"
    assert staff.asked["exposed"] == 1


def questions(shown: Shown) -> str:
    return repr(Questions.of(shown))


def test_the_questions_depend_on_sensitive_numbers_alone(data: Shown) -> None:
    asked, cube = repr(Questions.of(data)), data.cube.copy()
    plain = cube["merkmal"].map(data.tables.features["sensibel"]).eq(False) & cube["wert"].notna()
    cube.loc[cube.index[plain][0], "wert"] += 1
    assert repr(Questions.of(replace(data, cube=cube))) == asked
    (cell, *_) = data.withheld
    above = data.tables.areas.at[cell.area, "teil_von"]
    whole = (cube["merkmal"] == cell.feature) & (cube["raum_id"] == above) & (cube["stichtag"] == cell.date)
    assert whole.sum() == 1
    cube.loc[whole, "wert"] += 1
    others = [
        replace(data, cube=cube), replace(data, released={cell: 7.0}), replace(data, told={cell: 7.0}),
        replace(data, listed=frozenset(data.known)),
    ]  # fmt: skip
    assert len({asked, *(repr(Questions.of(other)) for other in others)}) == 5


def test_a_logbook_holds_what_was_asked_for_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sozialbericht.audit.finished.logbook.MOST", 3)
    logbook = Logbook()
    for name in "abcd":
        logbook.put(name, Judged(marks=name.encode() * MARK))
    logbook.put("schlecht", Judged((("leck", ""),)))
    logbook.put("unlesbar", Judged(unread="kaputt"))
    assert logbook.get("a") is not None
    again = Logbook(logbook.entry())
    assert [again.get(name) is not None for name in "abcd"] == [True, False, True, True]
    assert again.get("schlecht") is None and again.get("unlesbar") is None
    assert again.marks() == {b"a" * MARK, b"c" * MARK, b"d" * MARK}


# -- the processes ---------------------------------------------------------------------------------------------------


def test_an_assistant_answers_and_says_why_not(tmp_path: Path) -> None:
    staff = Staff(Desk(small.CITY, None, {}, {2006: "unbekannt"}), 1)
    try:
        answers = [
            staff.ask("file", 2006, "a.html", b"<p>17</p>", "", size=1),
            staff.ask("file", 2006, "a.ods", b"", ""),
            staff.ask("questions", 1999),
            staff.ask("nichts"),
            staff.ask("file", 2006, "b.html", b"<p>18</p>", ""),
        ]
        assert answers[0].result().harmless
        assert "keinen Leser" in answers[1].result().unread
        with pytest.raises(ReportError, match=r"abgebrochen: --year: .*1999"):
            answers[2].result()
        with pytest.raises(ReportError, match=r"abgebrochen: AttributeError in assistant\.py, Zeile \d+"):
            answers[3].result()
        assert answers[4].result().harmless, "it goes on after a fault"
    finally:
        staff.close()


def test_in_the_place_of_an_assistant_that_dies_comes_another() -> None:
    staff = Staff(Desk(small.CITY, None, {}, {2006: "unbekannt"}), 1)
    try:
        assert staff.ask("file", 2006, "a.html", b"<p>17</p>", "").result().harmless
        (member,) = staff._members
        first = member._process
        assert first is not None
        first.kill()
        assert staff.ask("file", 2006, "b.html", b"<p>18</p>", "").result().harmless
        assert first.poll() is not None
        assert member._process is not first
    finally:
        staff.close()


def test_what_no_assistant_outlives_is_told_and_the_next_question_answered() -> None:
    """So that one report of several that cannot be judged does not stop the others."""
    staff = Staff(Desk(small.CITY, None, {}, {2006: "unbekannt"}), 1)
    try:
        deadly, other = staff.ask("call", os._exit, 7), staff.ask("call", max, 1, 2)
        with pytest.raises(ReportError, match=r"ein Prozess hat sich beendet \(7\)"):
            deadly.result()
        assert other.result() == 2
    finally:
        staff.close()


def test_where_no_assistant_can_be_started_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> NoReturn:
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    staff = Staff(Desk(small.CITY, None, {}, {}), 1, refused)
    with pytest.raises(ReportError, match=r"ein Prozess hat sich beendet \(OSError\)"):
        staff.ask("call", max, 1, 2).result()
    staff.close()


def test_another_assistant_is_called_when_there_is_much_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sozialbericht.audit.finished.staff.MUCH", 10)
    staff = Staff(Desk(small.CITY, None, {}, {2006: "unbekannt"}), 2)
    try:
        first = staff.ask("file", 2006, "a.html", b"<p>17</p>", "", size=11)
        others = [staff.ask("file", 2006, f"{n}.html", b"<p>18</p>", "", size=11) for n in range(4)]
        assert len(staff._members) == 2
        assert all(answer.result().harmless for answer in [first, *others])
        assert [member.waiting for member in staff._members] == [0, 0]
        processes = [member._process for member in staff._members]
    finally:
        staff.close()
    assert all(process is not None and process.poll() is not None for process in processes)


def test_forms_in_forms_of_a_pdf_are_read(tmp_path: Path) -> None:
    """A picture inside another one: its marks are found where the page shows them."""
    pikepdf = pytest.importorskip("pikepdf")
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(200, 100))

    def form(content: bytes, **inner: object) -> object:
        made = document.make_stream(content)
        made.Type, made.Subtype, made.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 200, 100]
        made.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(**inner))
        return made

    dot = form(b"1 0 0 rg 10 20 4 4 re f")
    outer = form(b"q 1 0 0 1 50 10 cm /Punkt Do Q", Punkt=dot)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Bild=outer))
    page.Contents = document.make_stream(b"q 2 0 0 1 0 0 cm /Bild Do Q")
    document.save(tmp_path / "a.pdf")
    (picture,) = prints.read((tmp_path / "a.pdf").read_bytes(), "a.pdf").pictures
    (mark,) = picture.marks
    assert (mark.kind, mark.fill) == ("dot", "#ff0000")
    assert mark.middle == pytest.approx((2 * (50 + 12), 100 - (10 + 22)))
