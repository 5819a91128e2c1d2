"""Groups of chapters: where their headings stand."""

from __future__ import annotations

from pathlib import Path

from sozialbericht.order import chaptergroup
from sozialbericht.order.project import Chapter


def chapters(*names: str, annex: bool = False) -> list[Chapter]:
    return [Chapter(name, Path(f"{name}.qmd"), annex) for name in names]


def test_a_group_begins_with_its_first_chapter_and_ends_where_another_has_none() -> None:
    groups = {"Arbeit": ("Beschäftigung", "arbeitslosigkeit"), "Räume": ("typisierung",)}
    found = chaptergroup.beginning(
        [*chapters("index", "beschaeftigung", "arbeitslosigkeit", "wohnen", "typisierung")], groups
    )
    assert found == {"beschaeftigung": "Arbeit", "wohnen": "", "typisierung": "Räume"}


def test_a_group_that_is_parted_has_its_heading_twice() -> None:
    groups = {"A": ("a", "c")}
    assert chaptergroup.beginning(chapters("a", "b", "c"), groups) == {"a": "A", "b": "", "c": "A"}


def test_without_groups_nothing_begins_and_the_annex_is_in_none() -> None:
    assert chaptergroup.beginning(chapters("a", "b"), {}) == {}
    assert chaptergroup.beginning([*chapters("a"), *chapters("b", annex=True)], {"A": ("a", "b")}) == {"a": "A"}
