"""A project of which only what keys are made of is there."""

import pytest
import small_report

from sozialbericht.cache import inputs


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Inputs of a report and a published one, without anything that would make it."""
    monkeypatch.setattr(inputs, "PACKAGE", tmp_path / "paket")
    monkeypatch.setattr(inputs.sys, "path", [])
    for folder in ("paket", "data", "report", "build/2006/html"):
        (tmp_path / folder).mkdir(parents=True)
    small_report.notebook(tmp_path / "notebooks" / "01_a.ipynb", ("# A", "1"))
    (tmp_path / "data" / "werte.csv").write_text("1")
    (tmp_path / "report" / "index.qmd").write_text("Text")
    (tmp_path / "build" / "2006" / "bericht.pdf").write_bytes(b"%PDF")
    (tmp_path / "build" / "2006" / "html" / "index.html").write_text("<html>")
    return tmp_path
