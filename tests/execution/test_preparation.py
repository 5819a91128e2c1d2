"""What is loaded once before kernels are forked."""

import matplotlib as mpl
import small_report

from sozialbericht.execution.preload import prepare
from sozialbericht.findings import holdings


def test_prepared_data_wait_in_the_stock_and_settings_stay(monkeypatch):
    mpl.get_backend()  # chosen at the first look
    before = mpl.rcParams.copy()
    prepare(str(small_report.CITY), 2006, 2005, True)
    assert mpl.rcParams == before
    found = holdings.of(small_report.CITY)
    monkeypatch.setattr(holdings.indicators, "compute", None)
    assert not found.values(2006).empty
    assert found.rows(2006)
