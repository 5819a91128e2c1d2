"""Columns: the text of a table turned into typed columns, and the contract's rules for each column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from sozialbericht.data.descriptor import STATUS, TYPES, labels
from sozialbericht.data.faultlist import Findings, quoted
from sozialbericht.data.reading import parsing
from sozialbericht.faults import nearest
from sozialbericht.status import Status

_DTYPES: dict[str, Any] = dict(zip(TYPES, ("object", "Int64", "float64", "datetime64[ns]", "bool"), strict=True))

Cells = set[tuple[int, str]]


def typed(text: pd.DataFrame, resource: dict[str, Any], findings: Findings) -> pd.DataFrame:
    """The table with typed columns (str, ``Int64``, float, ``datetime64[ns]``, bool); notes column faults.

    Empty strings stay ``""``; empty numbers and dates are missing. A column whose missing values carry labels
    gets a companion ``status``. ``datei`` and ``zeile`` are kept.
    """
    faulty: Cells = set()
    columns: dict[str, pd.Series] = {}
    for field in resource["schema"]["fields"]:
        columns |= _column(text, field, resource, faulty, findings)
    frame = pd.DataFrame(columns, index=text.index)
    frame["datei"], frame["zeile"] = text["datei"], text["zeile"]
    _constraints(frame, text, resource, findings, faulty)
    for field in resource["schema"]["fields"]:
        if field.get("type", "string") == "string":
            frame[field["name"]] = frame[field["name"]].fillna("").astype(object)
    return frame


def _column(
    text: pd.DataFrame, field: dict[str, Any], resource: dict[str, Any], faulty: Cells, findings: Findings
) -> dict[str, pd.Series]:
    """One column (and its ``status``): each different text is parsed once."""
    name, kind = field["name"], field.get("type", "string")
    codes, uniques = pd.factorize(text[name].to_numpy(dtype=object), use_na_sentinel=False)
    missing = labels(field)
    parse = _parser(field, resource)
    required = bool(field.get("constraints", {}).get("required"))
    values = np.full(len(uniques), None, dtype=object)
    status = np.full(len(uniques), Status.OK, dtype=object)
    for i, unique in enumerate(uniques):
        cell = str(unique).strip()
        if cell in missing:
            label = missing[cell]
            status[i] = STATUS.get(label, Status.MISSING)
            values[i] = 0.0 if label == "nichts" else None
            continue
        if cell == "" and required:
            continue
        try:
            values[i] = parse(cell)
        except parsing.CellError as fault:
            status[i] = Status.MISSING
            remedy = fault.remedy
            if any(missing.values()) and not any(sign.isdigit() for sign in cell):
                remedy += f" Ohne Zahl steht ein Zeichen: {_signs(missing)}."
            for at in np.flatnonzero(codes == i):
                faulty.add((int(at), name))
                row = text.iloc[at]
                findings.add(fault.kind, row["datei"], fault.what, remedy, row=int(row["zeile"]), column=name)
    values = values.take(codes)
    result: dict[str, pd.Series] = {}
    if kind == "boolean":
        values = np.array([bool(value) for value in values], dtype=object)
    if kind == "date":
        result[name] = pd.Series(pd.to_datetime(values).astype("datetime64[ns]"), index=text.index)
    elif kind == "integer":
        result[name] = pd.Series(pd.array(list(values), dtype="Int64"), index=text.index)
    else:
        result[name] = pd.Series(values, index=text.index).astype(_DTYPES[kind])
    if any(missing.values()) or (resource["name"], name) == ("werte", "wert"):
        result["status"] = pd.Series(status.take(codes), index=text.index, dtype=object)
    return result


def _signs(missing: dict[str, str]) -> str:
    """The signs for values without a number, by their meaning."""
    meanings = dict.fromkeys(filter(None, missing.values()))
    return ", ".join(f"{' '.join(s for s, m in missing.items() if m == label)} ({label})" for label in meanings)


def _parser(field: dict[str, Any], resource: dict[str, Any]) -> Callable[[str], object]:
    dialect = resource.get("dialect", {})
    decimal = field.get("decimalChar", dialect.get("decimalChar", ","))
    group = field.get("groupChar", dialect.get("groupChar", ""))
    words = dict.fromkeys(field.get("trueValues", ["ja"]), True)
    words |= dict.fromkeys(field.get("falseValues", ["nein"]), False)
    parsers: dict[str, Callable[[str], object]] = {
        "string": str,
        "integer": parsing.integer,
        "number": lambda cell: parsing.number(cell, decimal, group),
        "date": parsing.date,
        "boolean": lambda cell: parsing.boolean(cell, words),
    }
    return parsers[field.get("type", "string")]


def _constraints(
    frame: pd.DataFrame, text: pd.DataFrame, resource: dict[str, Any], findings: Findings, faulty: Cells
) -> None:
    """The contract's constraints and primary key, checked by a pandera schema made from the descriptor."""
    import pandera.pandas as pa

    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    columns = {}
    for name, field in fields.items():
        rules = field.get("constraints", {})
        checks: Any = [_RULES[rule](pa.Check, limit) for rule, limit in rules.items() if rule in _RULES]
        columns[name] = pa.Column(checks=checks, nullable=not rules.get("required"))
    key = resource["schema"].get("primaryKey", [])
    key = [key] if isinstance(key, str) else list(key)
    schema = pa.DataFrameSchema(columns, unique=key or None)
    data = frame[list(fields)].copy()
    for name, field in fields.items():
        if field.get("type", "string") == "string":
            data[name] = data[name].where(data[name] != "", None)
        if field.get("type") == "boolean":
            data[name] = data[name].astype(object).where(text[name].str.strip() != "", None)
    data.index = pd.RangeIndex(len(data))
    try:
        schema.validate(data, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
    else:
        return
    twice = cases["check"] == "multiple_fields_uniqueness"
    repeated = [int(at) for at in cases.loc[twice, "index"].unique()]
    wrong = {at for at, name in faulty if name in key}
    needed = [name for name in key if fields[name].get("constraints", {}).get("required")]
    _duplicates(data.loc[[at for at in repeated if at not in wrong], key].dropna(subset=needed), text, findings)
    for case in cases[~twice].itertuples():
        at, name = int(case.index), str(case.column)
        if (at, name) not in faulty:
            cell = str(text[name].iloc[at]).strip()
            kind, what, remedy = _explain(str(case.check), cell, fields[name])
            findings.add(kind, text["datei"].iloc[at], what, remedy, row=int(text["zeile"].iloc[at]), column=name)


_RULES: dict[str, Callable[[Any, Any], object]] = {
    "pattern": lambda check, limit: check.str_matches(rf"^(?:{limit})\Z", error="pattern"),
    "enum": lambda check, limit: check.isin(limit, error="enum"),
    "minimum": lambda check, limit: check.ge(limit, error="minimum"),
    "maximum": lambda check, limit: check.le(limit, error="maximum"),
    "exclusiveMinimum": lambda check, limit: check.gt(limit, error="exclusiveMinimum"),
    "exclusiveMaximum": lambda check, limit: check.lt(limit, error="exclusiveMaximum"),
    "minLength": lambda check, limit: check.str_length(min_value=limit, error="minLength"),
    "maxLength": lambda check, limit: check.str_length(max_value=limit, error="maxLength"),
}

_LIMITS = {
    "minimum": "mindestens {}",
    "maximum": "höchstens {}",
    "exclusiveMinimum": "eine Zahl über {}",
    "exclusiveMaximum": "eine Zahl unter {}",
    "minLength": "ein Text von mindestens {} Zeichen",
    "maxLength": "ein Text von höchstens {} Zeichen",
}


def _explain(rule: str, cell: str, field: dict[str, Any]) -> tuple[str, str, str]:
    """Kind, fault and remedy for a broken constraint."""
    rules, about = field.get("constraints", {}), field.get("description", "")
    meaning = f" ({about})" if about else ""
    if rule == "not_nullable":
        return "Feld leer", f"Das Feld ist leer, es ist aber Pflicht{meaning}.", "Tragen Sie den Wert ein."
    if rule == "enum":
        allowed = ", ".join(str(value) for value in rules["enum"])
        what = f"{quoted(cell)} ist nicht vorgesehen; erlaubt sind: {allowed}."
        return "nicht vorgesehener Wert", what, nearest(cell, map(str, rules["enum"])) or "Einen davon eintragen."
    if rule == "pattern":
        what = f"{quoted(cell)} hat nicht die vereinbarte Form {rules['pattern']}{meaning}."
        remedy = "Schlüssel bestehen aus Kleinbuchstaben a–z, Ziffern und Unterstrich, ohne Umlaute."
        return "falsche Form", what, remedy if "a-z" in rules["pattern"] else ""
    if rule == "minimum" and rules["minimum"] == 0:
        return "negative Zahl", f"{quoted(cell)} ist negativ{meaning}.", "Tragen Sie eine Zahl ab 0 ein."
    limit = parsing.german(rules[rule])
    expected = _LIMITS[rule].format(limit)
    found = f" (gefunden: {len(cell)})" if rule.endswith("Length") else ""
    return (
        "unzulässiger Wert",
        f"{quoted(cell)} ist unzulässig, erwartet wird {expected}{found}{meaning}.",
        "",
    )


def _duplicates(keys: pd.DataFrame, text: pd.DataFrame, findings: Findings) -> None:
    """Note every row that repeats the key of an earlier one; ``keys`` holds the repeated ones."""
    first: dict[tuple[object, ...], Any] = {}
    for at, *values in keys.sort_index().itertuples():
        row = text.iloc[at]
        before = first.setdefault(tuple(values), row)
        if before is not row:
            shown = ", ".join(f"{v:%d.%m.%Y}" if isinstance(v, pd.Timestamp) else str(v) for v in values if pd.notna(v))
            where = f"Zeile {before['zeile']}"
            if before["datei"] != row["datei"]:
                where += f" von {before['datei']}"
            what = f"{quoted(shown)} steht schon in {where}."
            remedy = "Löschen Sie eine der beiden Zeilen."
            column = ", ".join(map(str, keys.columns))
            findings.add("doppelte Zeile", row["datei"], what, remedy, row=int(row["zeile"]), column=column)
