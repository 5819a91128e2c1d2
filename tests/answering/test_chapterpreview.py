"""The pages of a chapter that is being written, from its saved texts and from what its cells have put."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import pytest
import small_report
from PIL import Image

from sozialbericht.answering import chapterpreview
from sozialbericht.data.settings import Settings
from sozialbericht.faults import InputError, ReportError
from sozialbericht.wording import textwords

CODE = "b.text('Ein Satz.')"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_report.project(tmp_path_factory.mktemp("seiten"))


def asked(root: Path, path: Path, *blocks: str, source: str = CODE) -> dict[str, Any]:
    """What a kernel tells of a notebook whose last cell has put some Markdown."""
    put = [{"markdown": markdown, "bilder": {}} for markdown in blocks]
    return {
        "root": str(root), "notebook": str(path), "year": 2006, "status_text": "Modelldaten", "decided": Settings(),
        "levels": textwords.ANY, "texts": set(), "cells": {"zelle-2": {"source": source, "blocks": put}},
    }  # fmt: skip


@pytest.mark.parametrize("name", ["81_anhang.ipynb", "09_neu.ipynb", "profil/probe.ipynb", "profil/Übung 1.ipynb"])
def test_any_notebook_has_pages(root: Path, name: str) -> None:
    """One of the annex, one that the list of chapters does not have, one of a profile."""
    path = small_report.notebook(root / "notebooks" / name, ("# Probe {#sec-probe}", CODE, "## Weiter {#sec-weiter}"))
    made = chapterpreview.made(asked(root, path, "Ein Satz, mehr in @sec-gibt-es-nicht und @sec-weiter."))
    path.unlink()
    (page,) = made["seiten"]
    with Image.open(io.BytesIO(base64.b64decode(page))) as picture:
        assert picture.mode == "P" and picture.height > picture.width > 900
    assert made["zeilen"][0] == f"Vorschau von notebooks/{name} – Entwurf, nicht geprüft"
    assert made["zeilen"][1].startswith("Eine Seite mit den Daten für 2006")
    assert made["zeilen"][3:] == ["Noch nicht ausgeführt und darum nicht dabei: Zelle 2."], "the parameters"


def test_of_very_many_pages_the_first_are_shown(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = small_report.notebook(root / "notebooks" / "09_lang.ipynb", ("# Probe {#sec-probe}", CODE))
    monkeypatch.setattr(chapterpreview, "MOST", 1)
    made = chapterpreview.made(asked(root, path, *["Ein Satz, der nicht endet. " * 40] * 12))
    path.unlink()
    assert len(made["seiten"]) == 1 and made["zeilen"][1].startswith("4 Seiten"), made["zeilen"]
    assert made["zeilen"][3] == "Gezeigt sind die ersten 1; alle macht: python render.py --only lang --draft"


def test_what_stands_there_twice_is_a_fault(root: Path) -> None:
    path = small_report.notebook(root / "notebooks" / "09_neu.ipynb", ("# Probe {#sec-probe}", CODE))
    with pytest.raises(ReportError, match=r"sec-probe(.|\n)*→"):
        chapterpreview.made(asked(root, path, "## Noch einmal {#sec-probe}"))
    path.unlink()


def test_a_file_that_is_no_notebook(root: Path) -> None:
    path = root / "notebooks" / "09_kaputt.ipynb"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"kein gültiges JSON(.|\n)*→"):
        chapterpreview.made(asked(root, path))
    path.unlink()
