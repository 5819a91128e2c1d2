"""Small chapters as they are written: figures, tables, what is for one format only; whole books of them at random."""

import re

from hypothesis import strategies as st

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20mm" height="10mm" viewBox="0 0 20 10">'
    '<rect width="20" height="10"/></svg>'
)
ONLY = '::: {{.content-{} when-format="{}"}}\n{}\n:::\n\n'
FIGURE = """::: {#fig-a}
![](bilder/fig-a.svg){fig-alt="Ein Bild"}

::: {.quelle}
Eine Quelle.
:::

**Ein Bild** in %
:::"""
TABLE = """::: {#tbl-a}
| Raum | Wert |
| --- | --- |
| Hafen | 12,1 |

**Eine Tafel** in %
:::"""
#: Parts of a chapter; its name stands for NAME.
PARTS = [
    "## Unter {#sec-NAME-unter}",
    "## Ohne Nummer {.unnumbered}",
    "### Noch *tiefer*",
    "Ein Satz[^1], \\# und „Wörter“.\n\n[^1]: Fußnote von NAME.",
    "- eins\n- zwei",
    "Begriff\n:   Was er sagt.",
    FIGURE.replace("#fig-a", "#fig-NAME"),
    TABLE.replace("#tbl-a", "#tbl-NAME"),
    ONLY.format("visible", "html", "Im Web von NAME."),
    ONLY.format("hidden", "html", "## Auf Papier {#sec-NAME-papier}"),
    "// kapitel 0",
]
LABEL = re.compile(r"\{#((?:fig|tbl|sec)-(?!\w+-papier)[\w-]+)")


@st.composite
def books(draw):
    """Chapters by name, those of the annex begin with z; all references lead somewhere."""
    names = draw(st.sampled_from([["index"], ["index", "b"], ["index", "b", "c"], ["index", "b", "z"]]))
    book = {}
    for name in names:
        parts = draw(st.lists(st.sampled_from(PARTS), max_size=4, unique=True))
        book[name] = "\n\n".join([f"# Kapitel {name} {{#sec-{name}}}", *parts]).replace("NAME", name)
    labels = LABEL.findall("".join(book.values()))
    for name in names:
        for label in draw(st.lists(st.sampled_from(labels), max_size=2)):
            book[name] += f"\n\nSiehe @{label}."
    return book


def written(folder, book):
    """Write chapters into an assembled project; returns the settings that name them."""
    for name, text in book.items():
        (folder / f"{name}.qmd").write_text(text + "\n", encoding="utf-8")
    main, annex = ([f"{n}.qmd" for n in book if n.startswith("z") == late] for late in (False, True))
    return {"book": {"title": "Bericht", "subtitle": "2006", "chapters": main, "appendices": annex}}
