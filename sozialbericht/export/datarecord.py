"""Data record: what describes the exported files to machines – a Data Package, a record by DCAT-AP.de, and
``schema.org/Dataset`` for the web pages.

https://datapackage.org/standard/data-package/, https://www.dcat-ap.de/def/dcatde/3.0/spec/,
https://schema.org/Dataset. Addresses are relative: they hold wherever the folder is put.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from sozialbericht.export import fielddictionary
from sozialbericht.export.datafacts import DataFacts

PACKAGE, CATALOGUE = "datapackage.json", "dcat-ap.jsonld"
_MEDIA = {
    ".csv": ("text/csv", "CSV", "Tabelle (CSV)"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX", "Arbeitsmappe (XLSX)"),
    ".gpkg": ("application/geopackage+sqlite3", "GPKG", "Gebiete mit Werten (GeoPackage)"),
}
_LICENSES = {
    "CC0-1.0": "http://dcat-ap.de/def/licenses/cc-zero",
    "CC-BY-4.0": "http://dcat-ap.de/def/licenses/cc-by/4.0",
    "DL-DE-BY-2.0": "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
    "DL-DE-ZERO-2.0": "http://dcat-ap.de/def/licenses/dl-zero-de/2.0",
}
"""The licences of data folders as DCAT-AP.de names them."""
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "dcatde": "http://dcat-ap.de/def/dcatde/", "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip


def package(facts: DataFacts, edition: str, files: Mapping[str, bytes]) -> str:
    """The Data Package of tables and map; the workbook shows no more than they do and has no table at its top."""
    resources = []
    for name, content in files.items():
        if name.endswith(".xlsx"):
            continue
        media, form, _ = _MEDIA[PurePosixPath(name).suffix]
        entry: dict[str, Any] = {
            "name": PurePosixPath(name).name.lower().replace(".", "-"), "path": name, "format": form.lower(),
            "mediatype": media, "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        }  # fmt: skip
        if name in fielddictionary.FILES:
            told, fields = fielddictionary.FILES[name]
            schema = {"fields": [{"name": f.name, "type": f.type, "description": f.told} for f in fields],
                      "missingValues": [""]}  # fmt: skip
            entry |= {"type": "table", "title": told, "encoding": "utf-8", "schema": schema}
        resources.append(entry)
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"daten-{facts.year}", "title": facts.title, "description": _told(facts), "id": edition,
        "created": f"{facts.moment:%Y-%m-%dT%H:%M:%SZ}", "licenses": facts.licenses, "resources": resources,
    }  # fmt: skip
    return _json({key: value for key, value in described.items() if value})


def catalogue(facts: DataFacts, edition: str, files: Mapping[str, bytes]) -> str:
    """The record of the data set by DCAT-AP.de as JSON-LD."""
    day = {"@value": f"{facts.moment:%Y-%m-%d}", "@type": "xsd:date"}
    names = [entry.get("name", "").upper() for entry in facts.licenses]
    license_ = [{"@id": _LICENSES[name]} for name in names if name in _LICENSES]
    publisher = {"@type": "foaf:Agent", "foaf:name": facts.publisher}
    distributions = []
    for name, content in files.items():
        media, form, told = _MEDIA[PurePosixPath(name).suffix]
        entry: dict[str, Any] = {
            "@type": "dcat:Distribution", "dct:title": _german(f"{told}: {name}"),
            "dcat:accessURL": {"@id": name}, "dcat:downloadURL": {"@id": name},
            "dct:format": {"@id": f"http://publications.europa.eu/resource/authority/file-type/{form}"},
            "dcat:mediaType": {"@id": f"http://www.iana.org/assignments/media-types/{media}"},
            "dcat:byteSize": {"@value": str(len(content)), "@type": "xsd:nonNegativeInteger"},
            "spdx:checksum": {
                "@type": "spdx:Checksum", "spdx:checksumValue": hashlib.sha256(content).hexdigest(),
                "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            },
        }  # fmt: skip
        if license_:
            entry["dct:license"] = license_
        distributions.append(entry)
    record = {
        "@context": _CONTEXT, "@id": f"#daten-{facts.year}", "@type": "dcat:Dataset",
        "dct:title": _german(facts.title), "dct:description": _german(_told(facts)), "dct:identifier": edition,
        "dct:issued": day, "dct:modified": day, "dct:publisher": publisher,
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/DEU"},
        "dcat:theme": {"@id": "http://publications.europa.eu/resource/authority/data-theme/SOCI"},
        "dcat:keyword": [_german(word) for word in facts.keywords],
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@value": f"{facts.first}-01-01", "@type": "xsd:date"},
            "dcat:endDate": {"@value": f"{facts.year}-12-31", "@type": "xsd:date"},
        },
        "dcatde:politicalGeocodingLevelURI": {
            "@id": "http://dcat-ap.de/def/politicalGeocoding/Level/municipality"
        },
        "dcat:distribution": distributions,
    }  # fmt: skip
    return _json(record)


def for_pages(facts: DataFacts, edition: str, files: Iterable[str], folder: str) -> str:
    """``schema.org/Dataset`` as JSON-LD; ``folder`` is where the files lie, seen from a page."""
    record = {
        "@context": "https://schema.org", "@type": "Dataset", "name": facts.title, "description": _told(facts),
        "identifier": edition, "inLanguage": "de", "keywords": facts.keywords,
        "temporalCoverage": f"{facts.first}/{facts.year}", "spatialCoverage": facts.city,
        "dateModified": f"{facts.moment:%Y-%m-%d}", "publisher": {"@type": "Organization", "name": facts.publisher},
        "isAccessibleForFree": True,
        "license": next((entry["path"] for entry in facts.licenses if entry.get("path")), ""),
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": _MEDIA[PurePosixPath(name).suffix][0],
             "contentUrl": f"{folder}/{name}"}
            for name in files
        ],
    }  # fmt: skip
    told = json.dumps({key: value for key, value in record.items() if value}, ensure_ascii=False)
    return told.replace("<", "\\u003c")  # no text ends the script


def _told(facts: DataFacts) -> str:
    what = (
        f"Werte und Zahlen des Berichts zur sozialen Lage {facts.year}, {facts.city}: Indikatoren mit Zähler, Nenner, "
        "95-%-Bereich, Stand und Status für alle Gebiete. Kleine Fallzahlen sind geheim gehalten."
    )
    return f"{facts.status_text}. {what}" if facts.status_text else what


def _german(words: str) -> dict[str, str]:
    return {"@value": words, "@language": "de"}


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
