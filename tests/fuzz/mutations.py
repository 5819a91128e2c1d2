"""Mutations: one change each of the bytes, the lines or the JSON of a file."""

import json
from pathlib import Path

from hypothesis import strategies as st

from . import values

big = st.integers(0, 10**9)


def lines_of(path):
    return path.read_text(encoding="utf-8").split("\n")


def change_bytes(path: Path, draw):
    """Flip, put in, take out or cut off bytes."""
    content = bytearray(path.read_bytes())
    at = draw(big) % (len(content) or 1)
    kind = draw(st.sampled_from(["flip", "insert", "delete", "truncate", "repeat"]))
    if kind == "flip" and content:
        content[at] ^= draw(st.integers(1, 255))
    elif kind == "insert":
        content[at:at] = draw(
            st.binary(min_size=1, max_size=8) | st.sampled_from([b"\0", b"\xff", b"\r", b'"', b"\xc3", b"sep=;\n"])
        )
    elif kind == "delete":
        del content[at : at + draw(st.integers(1, 40))]
    elif kind == "truncate":
        del content[at:]
    else:
        content += content[at:]
    path.write_bytes(bytes(content))


def encode(path: Path, draw):
    """Write a text in another encoding or with other line ends."""
    text = path.read_text(encoding="utf-8")
    ends = draw(st.sampled_from(["\n", "\r", "\r\n", "\x0b", "\u2028"]))
    path.write_bytes(text.replace("\n", ends).encode(draw(st.sampled_from(values.ENCODINGS)), errors="replace"))


def places(content):
    """Every list or object of a JSON with every name or number in it."""
    waiting, found = [content], []
    while waiting:
        item = waiting.pop()
        keys = range(len(item)) if isinstance(item, list) else list(item) if isinstance(item, dict) else ()
        for key in keys:
            found.append((item, key))
            waiting.append(item[key])
    return found


def change_json(path: Path, draw):
    """Put something else at a place of a JSON, take it out or put it there twice."""
    content = json.loads(path.read_text(encoding="utf-8"))
    found = places(content)
    holder, key = found[draw(big) % len(found)]
    kind = draw(st.sampled_from(["value", "value", "text", "delete", "literal", "move"]))
    literal = ""
    if kind == "value":
        holder[key] = draw(values.json_values)
    elif kind == "text":
        holder[key] = draw(values.texts)
    elif kind == "delete":
        del holder[key]
    elif kind == "move":
        other, there = found[draw(big) % len(found)]
        holder[key] = json.loads(json.dumps(other[there]))
    else:
        holder[key] = "@@@"
        literal = draw(values.json_literals)
    text = json.dumps(content, ensure_ascii=draw(st.booleans()))
    path.write_bytes(text.replace('"@@@"', literal).encode("utf-8", errors="surrogatepass"))


def change_table(path: Path, draw):
    """Change cells, lines or columns of a text table."""
    rows = [line.split(";") for line in lines_of(path)]
    row = draw(big) % len(rows)
    column = draw(big) % len(rows[row])
    text = draw(values.texts)
    kind = draw(
        st.sampled_from(
            [
                "cell",
                "cell",
                "cell",
                "head",
                "delete",
                "twice",
                "swap",
                "title",
                "foot",
                "column",
                "copy column",
                "wide",
            ]
        )
    )
    if kind == "cell":
        rows[row][column] = text
    elif kind == "head":
        rows[0][column % len(rows[0])] = text
    elif kind == "delete":
        del rows[row]
    elif kind == "twice":
        rows.insert(row, rows[draw(big) % len(rows)])
    elif kind == "swap":
        rows[row], rows[0] = rows[0], rows[row]
    elif kind == "title":
        rows.insert(0, [text])
    elif kind == "foot":
        rows.append([text])
    elif kind == "column":
        rows = [r[:column] + r[column + 1 :] for r in rows]
    elif kind == "copy column":
        rows = [[*r, r[column % len(r)]] for r in rows]
    else:
        rows = [["Gebiet", "2004", "2005", "2006"], *([r[0], "1", "2", "3"] for r in rows[1:])]
    path.write_text("\n".join(";".join(r) for r in rows), encoding="utf-8", newline="")
