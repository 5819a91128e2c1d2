"""The texts in the objects of a PDF: alternative texts, notes, titles and addresses, wherever they hang.

The structure of a page holds only elements that have something on it. Here every object is read, those in compressed
streams of objects as well.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress

#: So many bytes before a stream its dictionary is looked for.
LONGEST_HEAD = 2000
_START = re.compile(rb">>\s*stream\r?\n")
_TEXT = re.compile(
    rb"/(?P<key>Alt|ActualText|E|T|TU|Contents|Title|Author|Subject|Keywords|URI|Desc|F|UF)\s*"
    rb"(?:\((?P<plain>(?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)|<(?P<hex>[0-9A-Fa-f\s]*)>)",
    re.S,
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.S)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}


def strings(content: bytes) -> Iterator[tuple[str, str]]:
    """Key and text of every such entry of a PDF that is not encrypted."""
    for part in (content, *_objects(content)):
        for match in _TEXT.finditer(part):
            text = _plain(match["plain"]) if match["plain"] is not None else _hex(match["hex"])
            if text:
                yield match["key"].decode(), text


def _objects(content: bytes) -> Iterator[bytes]:
    """The compressed streams of objects."""
    end = 0
    while start := _START.search(content, end):
        end = content.find(b"endstream", start.end())
        end = len(content) if end < 0 else end
        head = content[max(0, start.start() - LONGEST_HEAD) : start.start()].rpartition(b"endobj")[2]
        if b"ObjStm" in head:
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(content[start.end() : end])


def _plain(text: bytes) -> str:
    def letter(match: re.Match[bytes]) -> bytes:
        if match[1]:
            return bytes([int(match[1], 8) & 255])
        return _LETTERS.get(match[2], match[2])

    return _decoded(_ESCAPE.sub(letter, text))


def _hex(text: bytes) -> str:
    digits = re.sub(rb"\s", b"", text)
    return _decoded(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))


def _decoded(text: bytes) -> str:
    if text.startswith(b"\xfe\xff"):
        return text[2:].decode("utf-16-be", "replace")
    if text.startswith(b"\xef\xbb\xbf"):
        return text[3:].decode("utf-8", "replace")
    return text.decode("latin-1")
