"""Settingnodes: the values of ``bericht.yml`` as text, and what is wrong with them, with the line."""

from __future__ import annotations

import yaml

from sozialbericht.data.faultlist import Finding, quoted

NAME = "bericht.yml"
HELP = "docs/handbuch.md nennt die Einstellungen und ihre Werte."
#: So many characters a line of text may have, and a paragraph.
LONGEST, LONGEST_PARAGRAPH = 200, 2000


def line(node: yaml.Node, longest: int = LONGEST) -> tuple[str, str]:
    """A line of text, and what is wrong with it ("" if nothing is)."""
    if not isinstance(node, yaml.ScalarNode) or not str(node.tag).startswith("tag:yaml.org,2002:"):
        return "", "ist kein Text"
    text = "" if str(node.tag).endswith(":null") else str(node.value).strip()
    if not text:
        return "", "ist leer"
    if not text.isprintable() or len(text) > longest:
        return "", f"ist kein Text in einer Zeile (höchstens {longest} Zeichen)"
    return text, ""


def paragraphs(node: yaml.Node) -> tuple[tuple[str, ...], str]:
    """Paragraphs, one or a list of them, and what is wrong with the first that is none."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    found = [line(one, LONGEST_PARAGRAPH) for one in nodes]
    fault = next((fault for _, fault in found if fault), "" if found else "ist leer")
    return (() if fault else tuple(text for text, _ in found)), fault


def pairs(node: yaml.MappingNode) -> tuple[list[tuple[str, yaml.Node, yaml.Node]], list[Finding]]:
    """Name, key and value of a mapping's entries, and what is wrong with the names: no text, empty, twice."""
    found: dict[str, tuple[str, yaml.Node, yaml.Node]] = {}
    faults = []
    for key, value in node.value:
        name, fault = line(key)
        if fault:
            faults.append(finding(key, "Der Name einer Einstellung ist kein Text.", HELP))
        elif name in found:
            faults.append(finding(key, f"{quoted(name)} steht zweimal da.", "Lassen Sie nur eine der Zeilen stehen."))
        else:
            found[name] = (name, key, value)
    return list(found.values()), faults


def finding(node: yaml.Node, what: str, remedy: str = "") -> Finding:
    """What is wrong at a place of the file."""
    return Finding("Einstellung", NAME, what, remedy or HELP, row=node.start_mark.line + 1)
