"""Formulas in print, on the web and in Word: the same signs, decimal commas as commas, something to read aloud."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from pikepdf import Dictionary, Name

from sozialbericht.audit.readers import markup
from sozialbericht.audit.readers.office import wordfiles
from sozialbericht.escaping import escape
from sozialbericht.stitching import quartosettings, typesetting, webpages
from sozialbericht.stitching.word import draft
from sozialbericht.tagging.finishedprint import finished
from sozialbericht.web import tidying, tree
from tests.access import tags

DATA = escape("5 $q$ und $r$")
TEXT = rf"""# Eins {{#sec-eins}}

Ein Anteil $p_i$ mit $z = 1{{,}}96$ und $t=2,58$, daneben {DATA}, 5 $ und 6 $[^n].

$$D = \frac{{1}}{{2}} \sum_{{i=1}}^{{n}} \left| a_i \right| \quad \text{{mit "a"\ und 1,5}} < \% $$

::: {{.kasten titel="Kasten"}}
Auch hier $\alpha$.
:::

::: {{#tbl-a}}
| A | B |
| --- | --- |
| $\beta$ | 1 |

**Eine Tafel**
:::

[^n]: Mit $\gamma$.
"""


@pytest.fixture
def project(stage: Callable[..., Path]) -> Path:
    folder = stage(index=TEXT)
    draft.prepare(folder)
    return folder


def test_on_paper(project: Path) -> None:
    text = typesetting.book(project, quartosettings.read(project)).whole()
    assert text.count("#set math.equation(alt: ") == 7
    assert '#[#set math.equation(alt: "z = 1,96");$z = upright("1,96")$]' in text
    assert r'alt: "D = \\frac{1}{2} \\sum_{i=1}^{n}' in text and r'\\text{mit \"a\"' in text
    assert r"5 \$q\$ und \$r\$, 5 \$ und 6 \$" in text
    pdf = finished(typesetting.compile_typst(project, text))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [o for o in document.objects if isinstance(o, Dictionary) and o.get("/S") == Name.Formula]
        told = [str(formula.Alt) for formula in found]
    assert len(told) == 7 and "t=2,58" in told and r"\gamma" in told
    assert tags.faults(pdf) == []


def test_on_the_web(project: Path) -> None:
    written = webpages.html_pages(project, quartosettings.read(project, web=True))["index.html"]
    page = tree.read(written)
    tidying.tidy(page)
    formulas = list(page.iter("math"))
    assert len(formulas) == 7
    assert not list(page.iter("annotation")), "no reader says the source, and no search finds it"
    numbers = [word.text for word in page.iter("mtext") if re.search(r"\d", word.text)]
    assert numbers == ["1,96", "2,58", 'mit "a" und 1,5']
    (moved,) = page.iterfind(".//span[@class='formel']")
    assert moved.get("tabindex") == "0" and moved[0].get("display") == "block"
    assert "5 $q$ und $r$, 5 $ und 6 $" in " ".join(page.text_content().split())
    again = tree.write(tree.read(tree.write(page)))
    assert again == tree.write(page)


def test_what_the_audit_reads(project: Path) -> None:
    page = webpages.html_pages(project, quartosettings.read(project, web=True))["index.html"]
    said = " ".join(passage.text for passage in markup.read(page.encode(), "index.html").passages)
    word = wordfiles.read(draft.document(project, quartosettings.read(project)), "bericht.docx")
    for words in (said, " ".join(passage.text for passage in word.passages)):
        squeezed = " ".join(words.split())
        assert re.search(r"z ?= ?1,96", squeezed) and re.search(r"t ?= ?2,58", squeezed)
        assert re.search(r"D ?= ?1 2\b", squeezed), "a fraction is no number of two digits"


def test_in_word(project: Path) -> None:
    document = draft.document(project, quartosettings.read(project))
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        body = etree.fromstring(file.read("word/document.xml"))
        notes = etree.fromstring(file.read("word/footnotes.xml"))
    assert len(list(body.iter("{*}oMath"))) + len(list(notes.iter("{*}oMath"))) == 7
    assert len(list(body.iter("{*}oMathPara"))) == 1
