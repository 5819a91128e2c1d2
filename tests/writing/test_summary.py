"""The summary on the small city: which areas stand out, what counts as change."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozialbericht.writing.blocks import MEDIA_TYPE
from sozialbericht.writing.summary import Kurzfassung

STADT = Path(__file__).parents[1] / "stadt"


@pytest.fixture(scope="module")
def report() -> Kurzfassung:
    return Kurzfassung(2006, 2005, STADT)


def test_first_indicator_of_each_dimension_is_its_main_one(report: Kurzfassung) -> None:
    catalogue = report.indikatoren()
    main = report.hauptindikatoren()
    assert list(catalogue.loc[main, "dimension"]) == list(dict.fromkeys(catalogue["dimension"]))
    assert all(catalogue.at[i, "richtung"] != "neutral" for i in report.hauptindikatoren(gewertet=True))


def test_areas_that_stand_out_lie_at_opposite_ends(report: Kurzfassung) -> None:
    worst = report.auffaellige(belastet=True, mindestens=1)
    best = report.auffaellige(belastet=False, mindestens=1)
    assert worst and best
    assert [p.anzahl for p in worst] == sorted((p.anzahl for p in worst), reverse=True)
    judged = report.hauptindikatoren(gewertet=True)
    assert sum(p.anzahl for p in worst) == len(judged) * round(len(report.raeume()) * 0.2)
    for indicator in judged:
        end = report.hoechste if report.indikator(indicator)["richtung"] == "belastung" else report.niedrigste
        assert end(indicator)[0].raum in {p.raum for p in worst}


def test_a_change_needs_intervals_apart_and_no_break(report: Kurzfassung) -> None:
    for change in report.veraenderungen(99):
        new, old = change.neu.wert, change.alt.wert
        assert new.segment == old.segment
        assert new.lower > old.upper or new.upper < old.lower


def test_finding_carries_value_text_and_picture(report: Kurzfassung, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict[str, dict[str, object]]] = []
    monkeypatch.setattr(
        "sozialbericht.writing.summary.display", lambda block: shown.append(block._repr_mimebundle_())
    )
    indicator = report.hauptindikatoren()[0]
    report.befund(indicator, "Kopf {r.raum}", "Text mit {r}.", r=report.wert(indicator))
    block = shown[0][MEDIA_TYPE]
    assert "Kopf Musterstadt" in str(block["markdown"]) and report.wert(indicator).zahl in str(block["markdown"])
    assert len(block["bilder"]) == 2  # type: ignore[arg-type]
