"""The block language: what is declared is written, allowed, translated, set and described, and nothing else is."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from sozialbericht.blocklanguage import KINDS, Kind, fence
from sozialbericht.checking import constructs
from sozialbericht.escaping import Markup
from sozialbericht.stitching import pandoc

ROOT = Path(__file__).resolve().parents[1]
OWN = [kind for kind in KINDS.values() if kind.typst]
FILTER, WORD, PRINT, STYLE, HANDBOOK = (
    (ROOT / path).read_text(encoding="utf-8")
    for path in (
        "report/filter/bericht.lua",
        "report/filter/word.lua",
        "report/druck/typst-template.typ",
        "report/web/bericht.css",
        "docs/handbuch.md",
    )
)


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.name)
def test_every_place_knows_the_block(kind: Kind) -> None:
    assert re.search(rf"\b{kind.name}\b", FILTER), "filter"
    assert kind.name == "kennzahl" or f"function BLOCK.{kind.name}(" in WORD, "filter for Word"
    assert re.search(rf"#let {kind.typst}\(", PRINT), "print"
    assert kind.css in STYLE, "style"
    module, _, name = kind.preview.rpartition(".")
    assert hasattr(importlib.import_module(f"sozialbericht.{module}"), name), "preview"
    assert f"{{.{kind.name}" in HANDBOOK, "handbook"


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.name)
def test_the_filter_reads_every_attribute(kind: Kind) -> None:
    for key in kind.attributes:
        assert re.search(rf"\ba\.{key}\b|attributes\.{key}\b|\.attributes\[\"{key}\"\]", FILTER), key


def test_the_check_allows_what_is_declared_and_no_more() -> None:
    assert {name: kind.attributes for name, kind in KINDS.items()} == constructs.CLASSES


def test_blocks_are_written_in_one_place_only() -> None:
    for folder in ("writing", "subjects", "profile"):
        for path in sorted((ROOT / "sozialbericht" / folder).rglob("*.py")):
            assert not re.search(r"::: ?\{+\.", path.read_text(encoding="utf-8")), path.name


def test_text_in_a_block_is_text() -> None:
    words = 'a"b </script> *c* ]{.x} :::'
    written = fence("kasten", words, titel=words)
    (block,) = pandoc.parse(written)
    _, classes, pairs = pandoc.attributes(block)
    assert (classes, dict(pairs)) == (["kasten"], {"titel": words})
    assert pandoc.plain_text(block) == words
    assert isinstance(written, Markup)


@pytest.mark.parametrize(("name", "attributes"), [("kasen", {}), ("kasten", {"titl": "x"})])
def test_what_is_not_declared_is_no_block(name: str, attributes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="not declared"):
        fence(name, "x", **attributes)
