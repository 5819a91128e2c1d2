"""Addresses within the web report, the same from both stitchers: links to chapters, ids of captions.

Quarto links to a chapter's page where the built-in stitcher links to the chapter's heading on it, and it puts a fixed
number at the end of every caption's id.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NUMBER = re.compile(r'(?<=-caption)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=")')
_HEADING = re.compile(r'<main\b.*?<section id="([^"]+)"[^>]*\blevel1\b', re.S)
_MAIN = re.compile(r"(<main\b)(.*?)(</main>)", re.S)
_LINK = re.compile(r'(<a\b[^>]*?\bhref=")(?:\./)?([^":/?#]+\.html)(#[^"]*)?(")')


def heading(page: str) -> str:
    """The id of the chapter's heading on a page, "" where it has none."""
    found = _HEADING.search(page)
    return found[1] if found else ""


def settle(page: str, name: str, headings: Mapping[str, str]) -> str:
    """A page whose links to chapters lead to their headings; ``headings`` has the id of each page's heading."""

    def led(link: re.Match[str]) -> str:
        start, target, anchor, end = link.groups("")
        known = headings.get(target, "")
        anchor = anchor or (known and f"#{known}")
        return f"{start}{'' if target == name and anchor else target}{anchor}{end}"

    page = _NUMBER.sub("", page)
    return _MAIN.sub(lambda m: m[1] + _LINK.sub(led, m[2]) + m[3], page, count=1)
