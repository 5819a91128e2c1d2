"""Made data for any city: every known sum is met, parts fit into their wholes, and what is made says that it is."""

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.data import contract
from sozialbericht.model import __main__ as command
from sozialbericht.model.anycity import cityplaces
from sozialbericht.model.anycity.cityplaces import Cityplaces
from sozialbericht.model.anycity.sharing import shared
from sozialbericht.scaffold import newproject
from sozialbericht.scaffold.given import brief
from sozialbericht.scaffold.given.brief import Brief

NAMES = ("Altstadt", "Nord", "Hafen", "Süd", "Park")


@pytest.fixture
def project(tmp_path):
    """Five areas without polygons."""
    listed = tmp_path / "liste.csv"
    listed.write_text("nr;name\n" + "".join(f"0{k};{n}\n" for k, n in enumerate(NAMES, 1)), encoding="utf-8")
    date = brief.date("31.12.2020")
    wish = Brief(tmp_path / "p", listed, "Fünfhausen", "nr", "name", (brief.level("stadtteil"),), date=date)
    newproject.make(wish, lambda line: None)
    return tmp_path / "p"


def known(project: Path, *lines: str) -> None:
    (project / "data" / "modell").mkdir(exist_ok=True)
    text = "raum_id;merkmal;stichtag;wert\n" + "".join(f"{line}\n" for line in lines)
    (project / "data" / "modell" / "summen.csv").write_text(text, encoding="utf-8")


def counts(project: Path) -> dict[tuple[str, str, int], float]:
    values = contract.load(project / "data").values
    return {(r.raum_id, r.merkmal, r.stichtag.year): r.wert for r in values.itertuples()}


def test_five_areas_without_polygons_are_filled(project, capsys):
    whole = ("st_fuenfhausen;bev;31.12.2020;10007", "st_fuenfhausen;bev;31.12.2018;9000")
    known(project, *whole, "sl_02;bev_u18;31.12.2020;123")
    assert command.main([str(project), "--years", "3"]) == 0
    made = counts(project)
    assert {year for *_, year in made} == {2018, 2019, 2020}
    for year, total in ((2020, 10007), (2018, 9000)):
        assert sum(n for (_, name, when), n in made.items() if (name, when) == ("bev", year)) == total
    assert made["sl_02", "bev_u18", 2020] == 123
    assert all(made[a, "bev_u18", y] + made[a, "bev_65plus", y] <= made[a, "bev", y] for a, _, y in made)
    described = json.loads((project / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert (described["status"], described["statustext"]) == ("modelldaten", "Modelldaten – keine amtliche Statistik")
    with (project / "data" / "merkmale.csv").open(encoding="utf-8") as handle:
        assert {row["quelle"] for row in csv.DictReader(handle, delimiter=";")} == {"Modelldaten"}
    before = {path: path.read_bytes() for path in (project / "data").rglob("*.*")}
    assert command.main([str(project), "--years", "3"]) == 0, "made values may be made again"
    assert before == {path: path.read_bytes() for path in before}, "and the same again"
    assert "Modelldaten gekennzeichnet" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("sl_09;bev;31.12.2020;3", "Zeile 2: das Gebiet „sl_09“"),
        ("sl_01;bew;31.12.2020;3", "Zeile 2: das Merkmal „bew“"),
        ("sl_01;bev;2020;3", "Datum TT.MM.JJJJ"),
        ("sl_01;bev;31.12.2020;3,5", "keine ganze Zahl"),
        ("st_fuenfhausen;bev;31.12.2020;5\nsl_01;bev;31.12.2020;9", "widersprechen sich"),
    ],
)
def test_sums_that_cannot_be(project, capsys, line, told):
    known(project, line)
    assert command.main([str(project)]) == 2
    assert told in capsys.readouterr().err
    assert "…" in (project / "data" / "werte" / "2020.csv").read_text(encoding="utf-8"), "nothing was written"


def test_values_of_a_city_are_not_replaced(project, capsys):
    path = project / "data" / "werte" / "2020.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("…", "7", 1), encoding="utf-8")
    assert command.main([str(project)]) == 2
    assert "ersetzen keine" in capsys.readouterr().err
    assert command.main([str(project / "nirgends")]) == 2
    assert "sozialbericht new" in capsys.readouterr().err


def test_neighbours_are_alike(tmp_path):
    """On a real map the made shares of neighbours differ less than those of any two areas."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(shutil.copytree(root / "data", tmp_path / "data"))
    shutil.rmtree(folder / "modell")
    found = cityplaces.read(folder)
    assert len(found.leaves) == 39
    from sozialbericht.model.anycity.pattern import Pattern
    from sozialbericht.model.chance import Chance

    near, far = [], []
    distance = np.linalg.norm(found.position[:, None] - found.position[None], axis=2)
    for seed in range(10):
        wave = Pattern(found, Chance(seed)).field("belastung")
        gap = (wave[:, None] - wave[None]) ** 2
        near.append(gap[(distance > 0) & (distance < 3)].mean())
        far.append(gap[distance > 8].mean())
    assert np.mean(near) < 0.7 * np.mean(far)


LEAVES = ["a", "b", "c", "d"]
CITY = {"stadt": "", "n": "stadt", "s": "stadt", "a": "n", "b": "n", "c": "s", "d": "s"}


@settings(deadline=None)
@given(st.data())
def test_every_given_sum_is_met(data):
    """Numbers are drawn, some sums of them are given: what is shared meets all of them within the caps."""
    true = np.array(data.draw(st.lists(st.integers(0, 500), min_size=4, max_size=4)))
    caps = true + np.array(data.draw(st.lists(st.integers(0, 50), min_size=4, max_size=4)))
    expected = np.array(data.draw(st.lists(st.one_of(st.just(0.0), st.floats(0.01, 600)), min_size=4, max_size=4)))
    where = Cityplaces(CITY, {}, LEAVES, np.zeros((4, 2)), np.ones(4))
    sums = {area: int(true[where.inside(area)].sum()) for area in CITY if area != "stadt"}
    told = {area: sums[area] for area in data.draw(st.sets(st.sampled_from(sorted(sums))))}
    found = shared(where, int(true.sum()), expected, caps, told)
    assert found.sum() == true.sum()
    assert (found <= caps).all() and (found >= 0).all()
    for area, number in told.items():
        assert found[where.inside(area)].sum() == number
