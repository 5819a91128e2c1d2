"""The profile for levels that have no notebook of their own, run as a notebook."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sozialbericht.writing.blocks import Block

GENERAL = Path(__file__).resolve().parents[2] / "notebooks" / "profil" / "allgemein.ipynb"


@pytest.mark.parametrize("polygons", [True, False])
@pytest.mark.parametrize("area", ["sr_hafen", "sb_nord"])
def test_the_general_profile(polygons: bool, area: str, tmp_path: Path, shown: list[Block]) -> None:
    """With and without polygons, of the smallest areas and of those above: without a map, never a crash."""
    data = Path(shutil.copytree(Path(__file__).parents[1] / "stadt", tmp_path / "data"))
    if not polygons:
        described = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
        described["resources"] = [r for r in described["resources"] if "schema" in r]
        (data / "datapackage.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
        (data / "raeume.geojson").unlink()
    names: dict[str, object] = {}
    for n, cell in enumerate(json.loads(GENERAL.read_text(encoding="utf-8"))["cells"]):
        exec("".join(cell["source"]), names)
        names |= {"raum": area, "daten": str(data)} if n == 0 else {}
    head = shown[0].markdown
    assert f"#sec-profil-{area.replace('_', '-')}" in head and "Personen" in head
    assert ("profilkopf" in head) and ("lage.svg" in head) is polygons
    assert "Lesebeispiel" in "".join(block.markdown for block in shown) or len(shown) > 4
