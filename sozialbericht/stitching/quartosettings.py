"""The settings of an assembled Quarto project: one file for all that is printed, one more for the web."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from sozialbericht.stitching import pandoc
from sozialbericht.wording.references import ANNEX, CHAPTER, SECTION

#: The settings, and what Quarto's project profile ``web`` adds to them: chapters that are not in the printed report.
MAIN, WEB = "_quarto.yml", "_quarto-web.yml"
#: The project profile of the draft for Word, and its settings.
WORD_PROFILE, WORD = "word", "_quarto-word.yml"
#: Quarto's words in front of the numbers of what is referred to; its own German ones call sections „Kapitel“.
LANGUAGE = {"crossref-ch-prefix": CHAPTER, "crossref-apx-prefix": ANNEX, "crossref-sec-prefix": SECTION}
#: Words in which there can be nothing of Markdown's.
_PLAIN = re.compile(r"(?:[^\W_]+(?:,? (?:– )?[^\W_]+)*)?")


def read(project: Path, *, web: bool = False) -> dict[str, Any]:
    """The settings of a project; with ``web`` those of its web pages, merged as Quarto merges them."""
    settings: dict[str, Any] = yaml.safe_load((project / MAIN).read_text(encoding="utf-8"))
    if web and has_web(project):
        settings = merged(settings, yaml.safe_load((project / WEB).read_text(encoding="utf-8")))
    return settings


def has_web(project: Path) -> bool:
    """Whether the web pages have settings of their own."""
    return (project / WEB).is_file()


def write(project: Path, settings: dict[str, Any], name: str = MAIN) -> None:
    """Write settings as YAML."""
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False, width=200)
    (project / name).write_text(text, encoding="utf-8")


def words(setting: str) -> str:
    """The text of a setting, which is Markdown as in any book of Quarto's."""
    if _PLAIN.fullmatch(setting):
        return setting
    return pandoc.plain_text(pandoc.parse(setting))


def merged(settings: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Settings with others put over them: mappings are joined, lists put end to end, all else replaced."""
    result = dict(settings)
    for key, value in more.items():
        old = result.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            result[key] = merged(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            result[key] = [*old, *value]
        else:
            result[key] = value
    return result
