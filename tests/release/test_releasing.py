"""A finished report is released: recorded, made anew with its status, corrected; what it showed stays known."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from pathlib import Path

import pytest
import small_report
from pdf_reading import pages, squeezed

from sozialbericht import command
from sozialbericht.audit import sources
from sozialbericht.data.faultlist import Findings
from sozialbericht.data.releases import releaserecord, showncells
from sozialbericht.data.releases.releaserecord import Stand
from sozialbericht.data.releases.showncells import KEYS
from sozialbericht.findings import tablestore
from sozialbericht.order import manifest, project
from sozialbericht.release import releasing
from sozialbericht.rendering import production
from sozialbericht.rendering.production import Request

NAME = "Dr. Erika Muster"


class House:
    """The small project in which reports are made and released, and what is said there."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.data, self._capsys = root, root / "data", capsys

    def render(self, year: int = 2006, **options: object) -> None:
        made = Request(year, **{"formats": ("html",), "engine": "builtin", "data": self.data, **options})
        production.make(made, root=self.root)

    def release(self, *options: str, year: int = 2006) -> tuple[int, str]:
        """The exit code and what was said."""
        code = command.main(["release", "--year", str(year), "--data", str(self.data), *options])
        said = self._capsys.readouterr()
        return code, said.out + said.err

    def record(self) -> list[releaserecord.Release]:
        return releaserecord.read(self.data, Findings(self.data))

    def status(self, year: int = 2006) -> str:
        """What the first page of the web report says."""
        page = (self.root / "build" / str(year) / "html" / "index.html").read_text(encoding="utf-8")
        (found,) = re.findall(r"<p><strong>Stand der Veröffentlichung:</strong>(.*?)</p>", page, re.DOTALL)
        return squeezed(html.unescape(found))

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.data / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def minimum(self, feature: str, least: int) -> None:
        """Raise the least count of a Merkmal that is shown."""
        path = self.data / "merkmale.csv"
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        rows = [f"{row};{least if row.startswith(f'{feature};') else ''}" for row in rows]
        path.write_text("\n".join([f"{head};mindestzahl", *rows, ""]), encoding="utf-8")
        path = self.data / "datapackage.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        entry = next(one for one in content["resources"] if one["name"] == "merkmale")
        entry["schema"]["fields"].append({"name": "mindestzahl", "type": "integer"})
        path.write_text(json.dumps(content), encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """The record as it lies in the data folder."""
        paths = [self.data / releaserecord.NAME, *(self.data / showncells.NAME).glob("*")]
        return {path.name: path.read_bytes() for path in paths if path.is_file()}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> House:
    root = small_report.project(tmp_path / "projekt")
    small_report.append(root / "data" / "bericht.yml", f"verantwortlich: {NAME}")
    for module in (project, releasing, sources):
        monkeypatch.setattr(module, "default_root", lambda: root)
    return House(root, capsys)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch):
    """Sets what day it is."""

    return lambda *date: monkeypatch.setattr(releasing, "_today", lambda: dt.date(*date))


@pytest.mark.slow
def test_a_report_is_released_corrected_and_known_to_the_next_one(house: House, day) -> None:
    day(2007, 5, 3)
    house.render(formats=("pdf", "html"))
    assert house.status() == "Entwurf, nicht freigegeben."
    code, said = house.release()
    assert code == 0, said
    assert house.status() == f"freigegeben am 3. Mai 2007 durch {NAME}."
    printed = squeezed(" ".join(pages(house.root / "build" / "2006" / "bericht-2006.pdf")))
    assert "Stand der Veröffentlichung: freigegeben am 3 Mai 2007 durch Dr Erika" in printed  # the reader squeezes dots
    (first,) = house.record()
    assert (first.year, first.stand, first.by, first.reason) == (2006, Stand.RELEASED, NAME, "")
    assert first.edition == manifest.read(house.root / "build" / "2006").edition
    counts = showncells.read(house.data, 2006)
    shown = sources.shown(house.data, 2006)
    assert {("sb_nord", "alo"), ("sr_altstadt", "hilfen")} <= set(
        zip(*counts[counts["gedruckt"]][KEYS[:2]].T.to_numpy(), strict=True)
    )
    assert len(shown.released) == counts["gedruckt"].sum()
    assert not set(shown.listed) & set(shown.withheld)

    # a report of another year is not another one for it, but it has to know
    house.render(2005)
    assert house.status(2005) == "Entwurf, nicht freigegeben."

    # nothing has changed: there is nothing to correct, and no second release
    code, said = house.release()
    assert code == 2 and "schon freigegeben, am 03.05.2007" in said and "--status berichtigt" in said
    code, said = house.release("--status", "berichtigt", "--reason", "Tippfehler")
    assert code == 2 and "Diese Fassung ist schon freigegeben" in said

    # a changed number makes a draft of a new edition; the old number stays on record, and is no longer true
    before = counts[(counts["raum_id"] == "sr_altstadt") & (counts["merkmal"] == "hilfen") & counts["gedruckt"]].iloc[
        -1
    ]
    file = f"werte/{before['stichtag'].year}.csv"
    rows = (house.data / file).read_text(encoding="utf-8").splitlines()
    old = next(row for row in rows if row.startswith("sr_altstadt;hilfen;"))
    house.edit(file, old + "\n", old.rpartition(";")[0] + f";{before['wert'] + 1:.0f}\n")
    code, said = house.release("--status", "berichtigt", "--reason", "Nachmeldung")
    assert code == 2 and "nicht aus den jetzigen Daten" in said
    house.render()
    code, said = house.release("--status", "berichtigt", "--reason", "Nachmeldung")
    assert code == 2 and "bericht-2006-frueher.pdf: Im Ordner liegt noch etwas von einem früheren Stand" in said
    house.render(formats=("pdf", "html"))
    assert house.status() == "Entwurf einer neuen Fassung; freigegeben ist die Fassung vom 3. Mai 2007."
    code, said = house.release("--status", "berichtigt")
    assert code == 2 and "fehlt der Anlass" in said
    day(2007, 6, 9)
    code, said = house.release("--status", "berichtigt", "--reason", "Nachmeldung der *Agentur*.")
    assert code == 0, said
    assert house.status() == (
        f"berichtigt am 9. Juni 2007 durch {NAME} (Anlass: Nachmeldung der *Agentur*); "
        "zuerst freigegeben am 3. Mai 2007."
    )
    counts = showncells.read(house.data, 2006)
    same = counts[(counts["raum_id"] == "sr_altstadt") & (counts["merkmal"] == "hilfen")]
    assert {before["wert"], before["wert"] + 1} <= set(same.loc[same["stichtag"] == before["stichtag"], "wert"])
    assert [one.stand for one in house.record()] == [Stand.RELEASED, Stand.CORRECTED]


@pytest.mark.slow
def test_a_number_that_would_be_withheld_now_stays_public(house: House, capsys) -> None:
    house.render(2005)
    assert house.release(year=2005)[0] == 0
    counts = showncells.read(house.data, 2005)
    small = counts[counts["gedruckt"] & (counts["merkmal"] == "hilfen") & counts["raum_id"].str.startswith("sr_")]
    small = small[small["wert"] == small["wert"].min()]
    assert small["wert"].min() >= 3
    house.minimum("hilfen", int(small["wert"].min()) + 1)
    house.render(2006)
    public = {
        (row.raum_id, row.merkmal, row.stichtag) for row in tablestore.of(house.data).protection().public().itertuples()
    }
    assert {(row.raum_id, row.merkmal, row.stichtag) for row in small.itertuples()} <= public
    capsys.readouterr()
    assert command.main(["audit", "--year", "2006", "--data", str(house.data)]) == 0
    said = capsys.readouterr().out
    assert "Bereits veröffentlicht, nach den heutigen Regeln geheim zu halten" in said
