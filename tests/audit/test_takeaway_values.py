"""The audit reads the values that stand below figures and in the files that they are made from."""

from __future__ import annotations

from pathlib import Path

import pytest
import small_publication as small

from sozialbericht.audit.cells import Shown
from sozialbericht.audit.verdict import audit

AREA, INDICATOR = "sr_lindenhof", "alo_u25_anteil"


@pytest.fixture(scope="module")
def data() -> Shown:
    return small.tables()


def values(data: Shown, planted: str = "") -> list[tuple[str, str]]:
    rows = [(name, small.printed(data, INDICATOR, area)) for area, name in small.areas(data)]
    hidden = dict(small.areas(data))[AREA]
    return [(name, planted if planted and name == hidden else value) for name, value in rows]


def page(rows: list[tuple[str, str]], title: str) -> str:
    lines = "".join(f"<tr><th scope='row'>{name}</th><td>{value}</td></tr>" for name, value in rows)
    return (
        f"<html><body><main><h1>Arbeit</h1><figure><figcaption><strong>{title}, Dezember 2006</strong></figcaption>"
        f"<details class='werte'><summary>Werte als Tabelle</summary><table><thead><tr><th>Gebiet</th><th>{title}</th>"
        f"</tr></thead><tbody>{lines}</tbody></table></details></figure></main></body></html>"
    )


@pytest.mark.parametrize("planted", ["", "0,2"])
@pytest.mark.parametrize("kind", ["page", "file"])
def test_a_withheld_value_below_a_figure_is_found(tmp_path: Path, data: Shown, kind: str, planted: str) -> None:
    folder = small.publish(tmp_path / "2006", data)
    title, rows = str(data.tables.indicators.at[INDICATOR, "bezeichnung"]), values(data, planted)
    name = "html/werte.html"
    if kind == "page":
        small.write(folder / name, page(rows, title))
    else:
        name = "projekt/bilder/fig-alo-u25-anteil-karte.werte.csv"
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"{area};{value}\n" for area, value in rows)
        small.write(folder / name, f"Gebiet;{title}\n{lines}")
    result = audit([folder], data)
    found = {statement.file for statement in (*result.leaks, *result.unassigned)}
    assert (name in found) == bool(planted)
