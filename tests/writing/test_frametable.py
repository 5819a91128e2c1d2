"""Tables from a DataFrame: printed as the report prints, whatever pandas has in its cells."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from test_tables import cells

from sozialbericht.bericht import Bericht
from sozialbericht.checking.lint import check_text
from sozialbericht.faults import InputError
from sozialbericht.writing import frametable
from sozialbericht.writing.blocks import Block

GIVEN = {"id": "tbl-x", "titel": "T", "quelle": "Eigene Auszählung."}


def test_values_of_areas(b: Bericht, shown: list[Block]) -> None:
    frame = b.daten("alo_u25_anteil")[["wert", "klammer", "status", "zaehler"]]
    b.tabelle(frame, **GIVEN)
    (block,) = shown
    head, *rows = cells(block)
    assert head == ["Sozialraum", "wert", "zaehler"]
    assert [row[0] for row in rows][:2] == ["Altstadt", "Hafen"]
    assert "[Hafen]{raum=sr_hafen}" in block.markdown
    assert next(row for row in rows if row[0] == "Lindenhof")[1:] == [".", "."], "what is withheld is not late"
    assert next(row for row in rows if row[0] == "Hafen")[1] == "4,6"
    assert "Eigene Auszählung. „.“ geheim gehalten" in block.markdown
    assert check_text("x", block.markdown) == []


def test_every_kind_of_column(b: Bericht, shown: list[Block]) -> None:
    frame = pd.DataFrame({
        "Jahr": [2005, 2006], "Menschen": [12345, 0], "Rate": [12.25, np.nan], "Euro": [1000.0, 2000.0],
        "Stand": pd.to_datetime(["2006-12-31", None]), "Tag": [dt.date(2006, 1, 2), dt.date(2006, 3, 4)],
        "ja": [True, False], "Wort": ["a|b", None], "Dezimal": [Decimal("1.5"), None],
        "ganz": pd.array([1, None], dtype="Int64"), "Klasse": pd.Categorical(["x", "y"]),
        "Monat": pd.period_range("2006-01", periods=2, freq="M"),
    })  # fmt: skip
    b.tabelle(frame, **GIVEN)
    head, first, second = cells(shown[0])
    assert head == list(frame.columns)
    assert first[:7] == ["2005", "12.345", "12,3", "1.000", "31.12.2006", "02.01.2006", "ja"]
    assert first[7:] == ["a|b", "1,5", "1", "x", "2006-01"]
    assert second == ["2006", "–", "…", "2.000", "…", "04.03.2006", "nein", "…", "…", "…", "y", "2006-02"]
    assert 'stil="breit"' in shown[0].markdown
    assert "„…“ liegt noch nicht vor." in shown[0].markdown


def test_decimals_are_asked_for(b: Bericht, shown: list[Block]) -> None:
    frame = pd.DataFrame({"a": [1.0, 2.5], "b": [1.25, 3.0]}, index=pd.Index(["x", "y"], name="Gruppe"))
    for places in (2, {"a": 2}, {"b": 0}):
        b.tabelle(frame, stellen=places, **GIVEN)
    assert cells(shown[0])[1] == ["x", "1,00", "1,25"]
    assert cells(shown[1])[1] == ["x", "1,00", "1,3"]
    assert cells(shown[2])[1] == ["x", "1,0", "1"]
    with pytest.raises(InputError, match="Eine Spalte „c“ für „stellen“ hat die Tafel nicht"):
        b.tabelle(frame, stellen={"c": 1}, **GIVEN)


def test_an_index_without_a_name_is_left_out(b: Bericht, shown: list[Block]) -> None:
    b.tabelle(pd.DataFrame({"a": [1, 2]}), **GIVEN)
    b.tabelle(pd.Series([1, 2], index=pd.Index([2005, 2006], name="Jahr"), name="Fälle"), **GIVEN)
    assert cells(shown[0]) == [["a"], ["1"], ["2"]]
    assert cells(shown[1]) == [["Jahr", "Fälle"], ["2005", "1"], ["2006", "2"]]


def test_areas_of_several_levels(b: Bericht, shown: list[Block]) -> None:
    frame = pd.DataFrame({"a": [1, 2, 3]}, index=pd.Index(["sr_hafen", "sb_nord", "anders"], name="raum_id"))
    b.tabelle(frame, **GIVEN)
    assert [row[0] for row in cells(shown[0])] == ["Gebiet", "Hafen", "Nord", "anders"]


def test_two_rows_of_heads(b: Bericht, shown: list[Block]) -> None:
    columns = pd.MultiIndex.from_product([[2005, 2006], ["wert", "status"]])
    frame = pd.DataFrame([[1.5, "ok", 2.5, "withheld"]], columns=columns, index=pd.Index(["sb_nord"], name="raum_id"))
    frame[(2006, "Fälle")] = [7]
    b.tabelle(frame, **GIVEN)
    head, above, row = cells(shown[0])
    assert above == ["", "2005", "2006", ""] and head == ["Stadtbezirk", "wert", "wert", "Fälle"]
    assert row == ["Nord", "1,5", ".", "7"]
    assert 'ueber="1-1 2-3"' in shown[0].markdown


def test_polygons_are_left_out(b: Bericht, shown: list[Block]) -> None:
    b.tabelle(b.geodaten("arbeitslosenquote")[["wert", "status", "geometry"]], **GIVEN)
    assert cells(shown[0])[0] == ["Sozialraum", "wert"]


def test_printed_cells_as_before(b: Bericht, shown: list[Block]) -> None:
    b.tabelle(["A", "B"], (row for row in [["x", "1"], ["y", "2"]]), **GIVEN)
    assert cells(shown[0]) == [["A", "B"], ["x", "1"], ["y", "2"]]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((5,), "bekommt eine Zahl"),
        ((), "bekommt nichts"),
        (("al_rate",), "bekommt einen Text"),
        ((["A"],), "fehlen die Zeilen"),
        ((["A"], "x"), "fehlen die Zeilen"),
        ((["A"], [["x", "y"]]), "Zeile 1 der Tabelle hat 2 Zellen, der Kopf 1"),
        ((["A"], [["x"], [1.5]]), "In Zeile 2 der Tabelle steht eine Zahl, kein Text: 1.5"),
        ((["A"], [["x"]], 3), "nicht mehr"),
        ((pd.DataFrame({"a": []}),), "keine Zeilen"),
        ((pd.DataFrame(index=[1]),), "keine Zeilen oder keine Spalten"),
        ((pd.DataFrame({"a": [np.inf]}),), "„a“ steht keine Zahl, sondern „inf“"),
        ((pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([(1, 2, 3)])),), "mehr als zwei Ebenen"),
        ((pd.DataFrame({"a": [1]}).style,), r"etwas anderes \(Styler\)"),
    ],
)  # fmt: skip
def test_what_is_no_table(b: Bericht, given: tuple[object, ...], words: str) -> None:
    with pytest.raises(InputError, match=words) as error:
        b.tabelle(*given, **GIVEN)  # type: ignore[arg-type]
    assert "→" in str(error.value)


@given(arrays.arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(1, 4)),
                     elements=st.floats(-1e12, 1e12) | st.just(np.nan)))  # fmt: skip
def test_any_numbers_are_printed(b: Bericht, values: np.ndarray) -> None:
    heads, rows, _ = frametable.printed(b, pd.DataFrame(values), None)
    assert len(rows) == values.shape[0] and all(len(row) == len(heads) == values.shape[1] for row in rows)
    assert all((cell == "…") == np.isnan(number) for row, line in zip(rows, values, strict=True)
               for cell, number in zip(row, line, strict=True))  # fmt: skip
