"""What is loaded once before kernels are forked."""

import matplotlib as mpl
import small_report

from sozialbericht.drawing.canvas import style
from sozialbericht.execution.preload import prepare
from sozialbericht.findings import tablestore


def test_prepared_data_wait_in_the_store_and_settings_stay(monkeypatch):
    mpl.get_backend()  # chosen at the first look
    before = mpl.rcParams.copy()
    prepare(str(small_report.CITY), 2006, 2005, True)
    assert mpl.rcParams == before
    found = tablestore.of(small_report.CITY)
    monkeypatch.setattr(tablestore.indicators, "compute", None)
    assert not found.values(2006).empty
    assert found.rows(2006)


def test_figures_and_names_are_measured_in_both_weights():
    prepare(str(small_report.CITY), 2006, 2005)
    names = tablestore.of(small_report.CITY).tables().areas["kurzname"]
    before = style._laid_out.cache_info().misses
    for words in ("12,3", "5–9", "−1,5\u00a0%", *names):
        for weight in (400, 600):
            style.text_width(words, 8, weight)
    assert style._laid_out.cache_info().misses == before
