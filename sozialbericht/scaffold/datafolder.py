"""Datafolder: the data of a new project, written by the contract of the template."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from sozialbericht.data.levels import Ebene
from sozialbericht.scaffold.given.hierarchy import Hierarchy
from sozialbericht.scaffold.given.slugs import slug
from sozialbericht.scaffold.given.tidyvalues import Tidyvalues
from sozialbericht.scaffold.starter import Starter

#: Tables that describe the demonstration's city only.
FOREIGN = ("veroeffentlicht", "nachbarn")
KEY_FIELD = {"name": "schluessel", "type": "string", "description": "amtlicher Schlüssel, wie ihn die Quelle schreibt"}
SCHEMATIC = "Schematische Karte, keine amtlichen Grenzen"
#: The first day on which the areas are taken to exist.
SINCE = "01.01.1900"
_DIGITS = 7


class Datafolder:
    """Writes the tables, the polygons, the settings and the contract of a new project into an empty folder."""

    def __init__(self, folder: Path, contract: Mapping[str, Any], hierarchy: Hierarchy, *, schematic: bool) -> None:
        self.folder, self._hierarchy, self._schematic = folder, hierarchy, schematic
        self._contract = json.loads(json.dumps(contract))
        folder.mkdir(parents=True)

    def write(self, city: str, values: Tidyvalues, catalogue: Starter, log: str) -> None:
        """Write everything; ``log`` says where the data come from."""
        self._describe(city, values)
        self._table("raeume", self._areas(values))
        self._table("merkmale", catalogue.merkmale)
        self._table("indikatoren", catalogue.indikatoren)
        self._table("brueche", ())
        self._values(values)
        if self._hierarchy.shapes:
            self._polygons()
        self._settings(city, catalogue)
        (self.folder / "LIESMICH.md").write_text(log, encoding="utf-8")

    def _describe(self, city: str, values: Tidyvalues) -> None:
        """The contract: that of the template for these levels, years and files."""
        contract = self._contract
        contract |= {
            "name": f"sozialbericht-{slug(city).replace('_', '-')}",
            "title": f"Daten zum Bericht zur sozialen Lage in {city}", "status": "amtlich",
        }  # fmt: skip
        for part in ("statustext", "licenses", "sources"):
            contract.pop(part, None)
        kept = [r for r in contract["resources"] if r["name"] not in FOREIGN]
        contract["resources"] = [r for r in kept if "schema" in r or self._hierarchy.shapes]
        for entry in contract["resources"]:
            if entry["name"] == "werte":
                entry["path"] = [f"werte/{year}.csv" for year in values.years]
            if entry["name"] == "raeume":
                fields = entry["schema"]["fields"]
                fields.insert(1, KEY_FIELD)
                by_name = {field["name"]: field for field in fields}
                by_name["ebene"]["constraints"]["enum"] = [level.schluessel for level in self._hierarchy.levels]
                by_name["nummer"]["description"] = "Nummer auf den Karten, nur die kleinsten Gebiete"
                by_name["umfasst"]["description"] = "was das Gebiet umfasst"
            if "schema" not in entry:
                entry["title"] = "Flächen der kleinsten Gebiete (WGS 84)"
                entry.pop("description", None)
                if self._schematic:
                    entry["description"] = SCHEMATIC
        text = json.dumps(contract, ensure_ascii=False, indent=1)
        (self.folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")

    def _areas(self, values: Tidyvalues) -> Iterable[dict[str, str]]:
        lowest = self._hierarchy.levels[-1].schluessel
        number = 0
        for place in self._hierarchy.places:
            number += place.level == lowest
            begins, ends = values.lives.get(place.raum_id, (None, None))
            since = f"01.01.{begins}" if begins else SINCE
            yield {
                "raum_id": place.raum_id, "schluessel": place.key, "name": place.name, "kurzname": place.name,
                "nummer": str(number) if place.level == lowest else "", "ebene": place.level,
                "teil_von": place.above, "namensherkunft": "belegt", "gueltig_von": since,
                "gueltig_bis": f"31.12.{ends}" if ends else "",
            }  # fmt: skip

    def _values(self, values: Tidyvalues) -> None:
        """One file a year: by date, merkmal and area in the order of the catalogue."""
        order = {place.raum_id: at for at, place in enumerate(self._hierarchy.places)}
        features = {name: at for at, name in enumerate(values.titles)}
        rows = sorted(values.cells, key=lambda c: (c[2], features[c[1]], order[c[0]]))
        for year in values.years:
            own = [row for row in rows if row[2].year == year]
            cells = (
                {"raum_id": area, "merkmal": name, "stichtag": f"{day:%d.%m.%Y}", "wert": values.cells[area, name, day]}
                for area, name, day in own
            )
            self._table("werte", cells, f"werte/{year}.csv")

    def _table(self, name: str, rows: Iterable[Mapping[str, str]], path: str = "") -> None:
        """A table as German Excel writes it, with the columns of the contract."""
        entry = next(r for r in self._contract["resources"] if r["name"] == name)
        columns = [field["name"] for field in entry["schema"]["fields"] if not field.get("entbehrlich")]
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, columns, restval="", delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        target = self.folder / (path or entry["path"])
        target.parent.mkdir(exist_ok=True)
        target.write_text(text.getvalue(), encoding="utf-8")

    def _polygons(self) -> None:
        """The polygons as GeoJSON in WGS 84, to the centimetre."""
        from shapely.geometry import mapping

        features = [
            json.dumps(
                {"type": "Feature", "properties": {"raum_id": area}, "geometry": _rounded(mapping(shape))},
                ensure_ascii=False,
            )
            for area, shape in self._hierarchy.shapes.items()
        ]
        text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n"
        (self.folder / "raeume.geojson").write_text(text, encoding="utf-8")

    def _settings(self, city: str, catalogue: Starter) -> None:
        """Title, lead indicator and the words of all levels, to be changed by hand."""
        words = {level.schluessel: _words(level) for level in self._hierarchy.levels[1:]}
        chosen = {"titel": f"Bericht zur sozialen Lage in {city}", "herausgeber": city}
        if catalogue.indikatoren:
            chosen["leitindikator"] = catalogue.indikatoren[0]["indikator"]
        text = (
            "# Einstellungen dieses Berichts. Fehlt eine Zeile, gilt die Vorgabe; docs/handbuch.md nennt alle.\n\n"
            f"{yaml.safe_dump(chosen, allow_unicode=True, sort_keys=False)}"
            "# kontakt: Amt, Anschrift, Telefon und Adresse im Netz\n"
            "# auftrag: [Wer den Bericht beauftragt hat und wozu., Ein zweiter Absatz.]\n"
            "# Vorwort und Stellungnahme: je ein Text in data/texte/vorwort.md und data/texte/stellungnahme.md\n\n"
            "# Wie die Ebenen der Gliederung heißen: einzahl, mehrzahl, geschlecht (m, f, n).\n"
            f"{yaml.safe_dump({'ebenen': words}, allow_unicode=True, sort_keys=False)}"
        )
        (self.folder / "bericht.yml").write_text(text, encoding="utf-8")


def _words(level: Ebene) -> dict[str, str]:
    return {"einzahl": level.einzahl, "mehrzahl": level.mehrzahl, "geschlecht": level.geschlecht}


def _rounded(part: Any) -> Any:
    """Coordinates with seven digits, whatever they are nested in."""
    if isinstance(part, dict):
        return {name: _rounded(value) for name, value in part.items()}
    if isinstance(part, float):
        return round(part, _DIGITS)
    return [_rounded(value) for value in part] if isinstance(part, list | tuple) else part
