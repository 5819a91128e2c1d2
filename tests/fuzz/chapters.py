"""Notebooks and texts: a chapter of the small report with one to three things broken."""

import json
from pathlib import Path

from hypothesis import strategies as st

from . import values
from .mutations import big, change_bytes, change_json, encode


def break_notebook(path: Path, draw):
    """Break a notebook in its JSON, its cells or its bytes."""
    for _ in range(draw(st.sampled_from([1, 1, 2]))):
        try:
            draw(st.sampled_from([change_json, change_json, _cell, _cell, change_bytes, encode]))(path, draw)
        except Exception:
            return  # nothing is left to change


def break_text(path: Path, draw):
    """Break a text in its lines or its bytes."""
    for _ in range(draw(st.sampled_from([1, 2, 3]))):
        try:
            draw(st.sampled_from([_lines, _lines, _lines, change_bytes, encode]))(path, draw)
        except Exception:
            return


def _cell(path, draw):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = notebook["cells"]
    cell = cells[draw(big) % len(cells)]
    text = draw(values.code if cell["cell_type"] == "code" else values.markdown)
    cell["source"] = text if draw(st.booleans()) else cell["source"] + "\n\n" + text
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _lines(path, draw):
    lines = path.read_text(encoding="utf-8").split("\n")
    at = draw(big) % (len(lines) or 1)
    kind = draw(st.sampled_from(["insert", "insert", "replace", "delete", "twice", "join"]))
    text = draw(values.markdown)
    if kind == "insert":
        lines[at:at] = ["", text, ""] if draw(st.booleans()) else [text]
    elif kind == "replace":
        lines[at] = text
    elif kind == "delete":
        del lines[at]
    elif kind == "twice":
        lines[at:at] = lines[at : at + 5]
    else:
        lines[at] += text
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
