"""The table of deliveries: source, day, Stand, number; no file, no initials, nothing of later years."""

import shutil

import small_report

from sozialbericht.bericht import Bericht
from sozialbericht.data.timeline import intakelog

ROWS = (
    "03.02.2007;Meldeamt;a.csv;00ff;Blatt;6;1200;1200;0;31.12.2006;ab;erste\n"
    "04.02.2008;Schulamt;b.csv;00ff;Blatt;6;77;77;0;31.12.2007;cd;zweite\n"
)


def text(folder, shown, year=2006):
    shown.clear()
    Bericht(year, 2005, folder).anhang().lieferungen(id="tbl-lieferungen")
    return "\n".join(block.markdown for block in shown)


def test_what_is_told_of_deliveries(tmp_path, shown):
    data = tmp_path / "data"
    shutil.copytree(small_report.CITY, data)
    assert text(data, shown) == ""
    log = data / intakelog.FILE
    log.write_text(";".join(intakelog.COLUMNS) + "\n" + ROWS, encoding="utf-8")
    told = text(data, shown)
    assert "Meldeamt" in told and "03.02.2007" in told and "1.200" in told and "31.12.2006" in told
    assert not any(word in told for word in ("Schulamt", "a.csv", "00ff", "erste", "ab |"))
