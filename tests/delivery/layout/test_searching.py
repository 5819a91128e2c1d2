"""Searching: tables are found in whatever stands around them, and every filled row is told of exactly once."""

import datetime as dt
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialbericht.delivery.layout.searching import tables
from sozialbericht.delivery.sheets.cellmaking import CellMaker, dated, text_cell, uncomputed
from sozialbericht.delivery.sheets.grid import Cell, Grid
from sozialbericht.faults import InputError

MAKER = CellMaker()


def grid(rows, sheet="Blatt", file="lieferung.xlsx", **more):
    cells = [[value if isinstance(value, Cell) else MAKER.plain(value) for value in row] for row in rows]
    return Grid(file, sheet, cells, **more)


def split(text, sign=";"):
    """The rows of a text; what looks like a whole number is one."""
    return [
        [float(cell) if cell.isdecimal() else cell for cell in line.split(sign)] if line else []
        for line in text.strip("\n").split("\n")
    ]


def found(rows, **more):
    return tables([grid(split(rows) if isinstance(rows, str) else rows, **more)])


def told(table):
    """Every row that a table tells of, with how often."""
    rows = [row.number for row in table.rows]
    rows += [number for number, *_ in (*table.notes, *table.left_out)]
    return Counter([*rows, *table.title_rows, *table.head_rows])


def names(table, column=0):
    return [row.cells[column].text for row in table.rows]


def heads(table):
    return [column.head for column in table.columns]


SIMPLE = """
Bevölkerung
Stand: 31.12.2006

Gebiet;Personen;Anteil
Altstadt;1234;*
Neustadt;.;5
Insgesamt;3000;100

1) ohne Nebenwohnung
Quelle: Melderegister
"""


def test_a_plain_table():
    (table,) = found(SIMPLE)
    assert table.title == ("Bevölkerung", "Stand: 31.12.2006")
    assert heads(table) == [("Gebiet",), ("Personen",), ("Anteil",)]
    assert [column.letter for column in table.columns] == ["A", "B", "C"]
    assert names(table) == ["Altstadt", "Neustadt", "Insgesamt"]
    assert [row.total for row in table.rows] == [False, False, True]
    assert table.notes == ((9, "1) ohne Nebenwohnung"), (10, "Quelle: Melderegister"))
    assert (table.title_rows, table.head_rows, table.left_out, table.remarks) == ((1, 2), (4,), (), ())


def test_a_table_at_once_at_the_top_and_one_beside_empty_columns():
    assert heads(found("Gebiet;Wert\nAltstadt;1")[0]) == [("Gebiet",), ("Wert",)]
    (table,) = found(";;\n;;Gebiet;;Wert\n;;Altstadt;;1")
    assert [(column.letter, column.head) for column in table.columns] == [("C", ("Gebiet",)), ("E", ("Wert",))]
    assert [cell.text for cell in table.rows[0].cells] == ["Altstadt", "1"]


def test_heads_of_three_rows_over_merged_cells():
    rows = [
        ["Gebiet", "Arbeitslose", "", "", "Quote 1)"],
        ["", "insgesamt", "darunter", "", ""],
        ["", "", "Frauen", "unter 25", ""],
        ["Altstadt", 100, 50, 10, 5.5],
    ]
    merged = ((1, 1, 3, 1), (1, 2, 1, 4), (1, 5, 3, 5), (2, 2, 3, 2), (2, 3, 2, 4))
    expected = [
        ("Gebiet",),
        ("Arbeitslose", "insgesamt"),
        ("Arbeitslose", "darunter", "Frauen"),
        ("Arbeitslose", "darunter", "unter 25"),
        ("Quote",),
    ]
    assert heads(found(rows, merged=merged)[0]) == expected
    assert heads(found(rows)[0]) == expected  # a text table has no merged cells


def test_a_word_of_a_head_stands_only_over_the_cells_merged_with_it():
    rows = [["Gebiet", "davon", "", ""], ["", "a", "b", "c"], ["Altstadt", 1, 2, 3]]
    assert heads(found(rows, merged=((1, 2, 1, 3),))[0]) == [("Gebiet",), ("davon", "a"), ("davon", "b"), ("c",)]


def test_an_area_named_like_its_district_keeps_both_words():
    rows = [["Merkmal", "Mitte", "Mitte"], ["", "Mitte", "Alt"], ["Wohnungen", 1, 2], ["Häuser", 3, 4]]
    assert heads(found(rows)[0])[1] == ("Mitte", "Mitte")


def test_a_word_parted_at_the_end_of_a_line_is_one():
    rows = [["Gebiet", "Arbeits-\nlose 1)", "Anteil-\nB"], ["Altstadt", 1, 2]]
    assert heads(found(rows)[0])[1:] == [("Arbeitslose",), ("Anteil- B",)]


@pytest.mark.parametrize(
    ("rows", "head", "body"),
    [
        ("Gebiet;2005;2006\nAltstadt;1;2\nNeustadt;3;4", 1, 2),
        ("Gebiet;2006\nAltstadt;1\nNeustadt;3", 1, 2),
        (";Personen;\nGebiet;2005;2006\nAltstadt;1;2", 2, 1),
        ("Gebiet;Wert\nAltstadt;2006\nNeustadt;1999", 1, 2),  # values that look like years
        ("Gebiet;Jahr;Wert\nAltstadt;2006;7\nNeustadt;2006;2001", 1, 2),
        ("Gebiet;Wert\nAltstadt;7\nNeustadt;2006\nHafen;3", 1, 3),
        ("Nr.;Gebiet;Wert\n1;Altstadt;7\n2;Neustadt;x", 1, 2),
        ("Gebiet;Wert\n;\nAltstadt;7", 1, 1),
        ("Gebiet;Wert\n---;---\nAltstadt;7", 1, 1),
    ],
)
def test_years_and_numbers_in_heads_and_bodies(rows, head, body):
    (table,) = found(rows)
    assert (len(table.head_rows), len(table.rows)) == (head, body)


def test_dates_as_heads():
    rows = [["Gebiet", dated(dt.date(2005, 12, 31)), dated(dt.date(2006, 12, 31))], ["Altstadt", 1, 2]]
    assert heads(found(rows)[0])[1:] == [("31.12.2005",), ("31.12.2006",)]


def test_a_title_of_two_cells_is_no_head():
    (table,) = found("Amt;;;;Seite\nGebiet;a;b;c;d\nAltstadt;1;2;3;4")
    assert table.title == ("Amt Seite",) and table.head_rows == (2,)


def test_numbers_of_columns_are_left_out():
    (table,) = found("Gebiet;a;b\n1;2;3\nAltstadt;5;6")
    assert table.left_out == ((2, "Zeile mit den Nummern der Spalten", "1 2 3"),) and names(table) == ["Altstadt"]


def test_a_line_that_stands_alone_is_a_section():
    (table,) = found("Gebiet;Wert\nMänner\nAltstadt;1\nHafen;2\nFrauen\nAltstadt;3\nInsgesamt;6\nHafen;9")
    assert [row.section for row in table.rows] == ["Männer", "Männer", "Frauen", "Frauen", ""]
    assert [(row, text) for row, _, text in table.left_out] == [(2, "Männer"), (5, "Frauen")]


def test_rows_without_a_number_stay_rows():
    (table,) = found("Nr.;Gebiet;Wert\n1;Altstadt;7\n2;Hafen;geheim\n3;Neustadt;8\n4;Süd;")
    assert names(table, 1) == ["Altstadt", "Hafen", "Neustadt", "Süd"]


def test_heads_and_titles_repeated_on_each_page():
    page = "Amt – Seite {}\nGebiet;Wert\n{};1\n{};2\n\n"
    (table,) = found(page.format(1, "A", "B") + page.format(2, "C", "D") + "Seite 3\nE;5")
    assert names(table) == ["A", "B", "C", "D", "E"] and table.title == ("Amt – Seite 1",)
    assert [reason for _, reason, _ in table.left_out] == [
        "wiederholter Titel", "wiederholter Tabellenkopf", "Seitenzahl oder Hinweis auf die Fortsetzung",
    ]  # fmt: skip


def test_tables_one_below_the_other():
    first, second = found(
        "Tabelle 1: Männer\nGebiet;2006\nA;1\nB;2\nQuelle: Amt\n\n"
        "Tabelle 2: Frauen\nGebiet;2006\nA;3\nB;4\nStand: heute"
    )
    assert (first.title, second.title) == (("Tabelle 1: Männer",), ("Tabelle 2: Frauen",))
    assert (first.notes, second.notes) == (((5, "Quelle: Amt"),), ((11, "Stand: heute"),))
    assert "von Zeile 1 bis 5" in first.remarks[-1] and "von Zeile 7 bis 11" in second.remarks[-1]


def test_a_line_close_to_the_body_belongs_to_it():
    first, second = found("Gebiet;Wert\nA;1\nErfunden\n\nGebiet;a;b\nA;1;2")
    assert (first.notes, second.title) == (((3, "Erfunden"),), ())


def test_another_head_begins_another_table():
    first, second = found("Gebiet;Wert\nA;1\n\nGebiet;a;b\nA;1;2")
    assert (len(first.columns), len(second.columns)) == (2, 3)


def test_numbers_in_the_title_are_no_table():
    (table,) = found("Amt\nAnzahl:;39\n\nGebiet;Wert\nA;1\nB;2")
    assert table.title == ("Amt", "Anzahl: 39") and names(table) == ["A", "B"]


def test_a_table_without_a_head():
    (table,) = found("A;1\nB;2\nC;3")
    assert heads(table) == [(), ()] and len(table.rows) == 3 and "kein Kopf" in table.remarks[0]


@pytest.mark.parametrize(
    "name",
    ["Insgesamt", "INSGESAMT", "Summe", "Stadt insgesamt", "Stadt Musterstadt", "Stadtbezirk Nord", "* Stadtbez. Süd",
     "Zusammen", "Nord zusammen", "99 Gesamt", "Musterstadt insgesamt"],
)  # fmt: skip
def test_totals_by_their_name(name):
    (table,) = found(f"Gebiet;Wert\nA;1\nB;2\nC;4\n{name};9")
    assert [row.total for row in table.rows] == [False, False, False, True]


@pytest.mark.parametrize("name", ["Altstadt", "Stadtmitte", "Gesamtschule", "Bezirksamt", "Summerfeld", "Totalfeld"])
def test_names_that_only_begin_like_totals(name):
    (table,) = found(f"Gebiet;Wert\nA;1\nB;2\nC;4\n{name};9")
    assert not any(row.total for row in table.rows)


def test_a_total_by_its_numbers():
    (table,) = found("Gebiet;a;b\nA;10;20\nB;30;40\nC;50;60\nMusterstadt;90;120")
    assert [row.total for row in table.rows] == [False, False, False, True]


def test_a_word_for_all_in_many_rows_is_no_total():
    rows = [f"{n};{age};{n}" for n in range(1, 9) for age in ("insgesamt", "unter 3")]
    (table,) = found("\n".join(["Nr;Alter;Wert", *rows]))
    assert not any(row.total for row in table.rows)


def test_hidden_parts_are_read_and_named():
    hidden = {"hidden": True, "hidden_rows": frozenset({5}), "hidden_columns": frozenset({3})}
    (table,) = found(SIMPLE, **hidden)
    assert [row.hidden for row in table.rows] == [True, False, False]
    assert [column.hidden for column in table.columns] == [False, False, True]
    assert table.remarks == (
        "Das Blatt ist ausgeblendet; es ist mitgelesen.",
        "Ausgeblendete Zeilen sind mitgelesen: 5.",
        "Ausgeblendete Spalten sind mitgelesen: C („Anteil“).",
    )


def test_merged_names_hold_for_all_their_rows_and_merged_values_do_not():
    rows = split("Bezirk;Gebiet;a;b\nNord;A;1;2\n;B;3;4\nSüd;C;*;\nGesamt;;1;2")
    (table,) = found(rows, merged=((2, 1, 3, 1), (4, 3, 4, 4), (5, 1, 5, 2)))
    assert names(table) == ["Nord", "Nord", "Süd", "Gesamt"]
    assert table.rows[2].cells[3].text == ""
    assert table.remarks == (
        "Verbundene Zellen gelten für alle ihre Zeilen: A2:A3.",
        "Verbundene Zellen mit Werten gelten nur für ihre erste Zelle: C4:D4.",
    )


def test_formulas_without_a_result_are_named():
    (table,) = found([["Gebiet", "Wert"], ["A", uncomputed()], ["B", 1]])
    assert table.rows[0].cells[1].formula and "stehen in B2" in table.remarks[-1]


def test_sheets_without_a_table_are_told_with_the_first_one():
    cover = grid([["Amt"], [], ["Zeichen: x = geheim"]], sheet="Deckblatt")
    table, other = tables([cover, grid(split(SIMPLE), remarks=("Gesagt.",)), grid(split(SIMPLE), sheet="Zwei")])
    place = "lieferung.xlsx, Blatt „Deckblatt“"
    assert table.elsewhere == ((place, 1, "Amt"), (place, 3, "Zeichen: x = geheim"))
    assert table.remarks[0] == "Gesagt." and place in table.remarks[1] and other.elsewhere == ()


def test_no_table_at_all():
    with pytest.raises(InputError) as error:
        tables([grid([["Sehr geehrte"], ["Damen", "und Herren"]], sheet="Brief")])
    (fault,) = error.value.faults
    assert "Keine Tabelle gefunden" in fault.what and fault.place == "lieferung.xlsx, Blatt „Brief“" and fault.remedy


WORDS = ["Gebiet", "Altstadt", "Insgesamt", "1) ohne", "Quelle: Amt", "Seite 2", "Nord", "Tabelle 1", "----", "2006"]
NUMBERS = [1.0, 12.5, 2006.0, "*", ".", "-", "1.234,5", "(5)", "k. A.", "#REF!"]
VALUES = [*NUMBERS, True, dated(dt.date(2006, 12, 31)), uncomputed()]
cells = st.sampled_from(["", "", "", *WORDS, *VALUES]) | st.text(max_size=5)
sheets = st.lists(st.lists(cells, max_size=6), min_size=1, max_size=25)
spans = st.tuples(st.integers(1, 26), st.integers(1, 7), st.integers(0, 3), st.integers(0, 3))


def mutated(draw):
    """A good sheet with rows repeated, moved, taken out, and cells changed."""
    rows = [list(row) for row in split(SIMPLE)]
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(rows) - 1))
        kind = draw(st.sampled_from(["repeat", "move", "cell", "wipe", "append"]))
        if kind == "repeat":
            rows[at:at] = [list(row) for row in rows[max(0, at - 4) : at]]
        elif kind == "move":
            rows.insert(draw(st.integers(0, len(rows) - 1)), rows.pop(at))
        elif kind == "cell" and rows[at]:
            rows[at][draw(st.integers(0, len(rows[at]) - 1))] = draw(cells)
        elif kind == "wipe":
            rows[at] = []
        else:
            rows.append(draw(st.lists(cells, max_size=4)))
    return rows


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_no_row_is_lost_and_none_is_told_twice(data):
    rows = data.draw(sheets) if data.draw(st.booleans()) else mutated(data.draw)
    merged = tuple((a, b, a + c, b + d) for a, b, c, d in data.draw(st.lists(spans, max_size=3)))
    made = grid(rows, merged=merged, hidden_rows=frozenset({2, 3}), hidden_columns=frozenset({2}))
    filled = {number for number, row in enumerate(made.rows, 1) if any(cell.text for cell in row)}
    try:
        parts = tables([made])
    except InputError:
        return
    counted = sum((told(table) for table in parts), Counter())
    assert set(counted) == filled and max(counted.values()) == 1
    for table in parts:
        assert table.rows and all(len(row.cells) == len(table.columns) for row in table.rows)
        for row in table.rows:
            seen = {cell.text for cell in row.cells}
            assert {cell.text for cell in made.rows[row.number - 1]} <= seen | {""}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, unique=True), st.integers(1, 4), st.data())
def test_a_table_is_found_whatever_stands_above_and_below(areas, width, data):
    above = data.draw(st.lists(st.sampled_from(["Amt", "Stand: 31.12.2006", "Bericht", ""]), max_size=4))
    body = [[area, *(float(10 * at + n) for n in range(width))] for at, area in enumerate(areas, 1)]
    head = ["Gebiet", *(f"Merkmal {n}" for n in range(width))]
    (table,) = found([*([line] for line in above), head, *body, [], ["Quelle: Amt"]])
    assert names(table) == areas and heads(table) == [(word,) for word in head]
    assert table.title == tuple(line for line in above if line)
    assert [[cell.value for cell in row.cells[1:]] for row in table.rows] == [row[1:] for row in body]


def test_a_long_table_is_found_quickly():
    rows = [["Gebiet", "Jahr", "Wert"], *([f"Gebiet {n % 50}", 2006.0, n / 7] for n in range(30_000))]
    made = grid(rows)
    start = time.process_time()
    (table,) = tables([made])
    assert time.process_time() - start < 2 and len(table.rows) == 30_000


def test_a_sheet_of_a_million_empty_rows():
    rows = [[text_cell("Gebiet"), text_cell("Wert")], [text_cell("A"), text_cell("1")]]
    made = Grid("a.ods", "Blatt", [*[[]] * 1_000_000, *rows])
    (table,) = tables([made])
    assert table.head_rows == (1_000_001,)
