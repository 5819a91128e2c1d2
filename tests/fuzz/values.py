"""What is put in the place of something: texts, numbers and JSON that have made trouble somewhere."""

from hypothesis import strategies as st

TEXTS = (
    "", " ", "\u00a0", "-0", "0", "-1", "1e400", "inf", "nan", "9" * 400, "99999999999999999999", "1.234", "1 234",
    "12 *", "(12)", "12r",
    "12¹", "٣", "１２", "31.02.2006", "31.12.06", "38990", "2006-12-31", "9999-12-31", "0001-01-01", "=1+1", '"', "a;b",
    "<script>", "$x$",
    "sr_hafen\u200b", "sr_hafen\u0301", "\u202egeheim", "\x00", "\x1b[31m", "\ufffe", "a\nb", "a\tb", "x" * 300,
    "x" * 20_000, "con", "nul",
    "../../etc", "ew + ew", "ew +", "+", "ew;", "…", "*", "5 7 9", "1 2 3 4", "4 3 2 1", "st_musterstadt", "sb_nord",
    "Altstadt", "ALTSTADT",
    "😀", "\U0010ffff", "\ue000", "Hörde", "Ho\u0308rde", "ja", "nein", "Ja", "#REF!", "Quelle: Amt",
)  # fmt: skip
texts = st.sampled_from(TEXTS) | st.text(max_size=12).filter(lambda t: not any("\ud800" <= c <= "\udfff" for c in t))

JSON = (
    None, True, False, 0, -1, 1.5, 10**18, 1e300, "", "x", "../../etc", "/etc/passwd", "C:\\x.csv", "http://a/b.csv",
    "a\x00b", "\u202e",
    "\ud800", [], {}, [[]], [None], [1, "x"], {"a": {}}, {"name": None}, "raeume.csv", "utf-16", "base64", ";;", "\n",
    "[", "(a+)+$", "string",
    "integer", "date", ["raum_id"], ["raum_id", "merkmal"], "EPSG:5783", "EPSG:25832", "x" * 6000,
)  # fmt: skip
json_values = st.sampled_from(JSON)

LITERALS = (
    "1e999", "-1e999", "NaN", "Infinity", "9" * 6000, "[" * 100_000, '{"a":' * 5000, '{"a":1,"a":2}', "'x'", "tru",
    "1,", '"\\ud800"', "\ufeff1", "",
)  # fmt: skip
json_literals = st.sampled_from(LITERALS)

ENCODINGS = (
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-8-sig",
    "cp1252",
    "mac_roman",
    "cp850",
    "latin-1",
    "utf-7",
)

MARKDOWN = (
    ":::", "::: {.kasten}", '::: {.kasten titel="x"}', "::: {.kasten", ":::: {.zweispalten}", "```", "~~~", "`", "$",
    "$$", "[^x]", "[^x]: Text",
    "[^x]:", "^[Text", "{{< include x >}}", "{{<", "> Zitat", "| a | b |", "|---|---|", "---", "---\na: [\n---",
    "# T {#sec-x}", "#### Tief",
    "<div>", "</div>", "<b>", "@fig-x", "@x", "![](x.png)", "[a](b", "**", "*a", "_", "- a", "1. a", "\\", "&amp;",
    "\u202e", "\x00", "\x1b",
    "::: {#fig-x}", "::: {#tbl-x}", '"a"', "'a'", "„a“", "[a]{.b", "Begriff\n:   Text", "    code", "\t", "%", "~a~",
    "^a^", "(@) a",
    ">" * 60, "[" * 60, "- " * 30, "*" * 80, "![](" * 30, "[@a;" * 30,
)  # fmt: skip
markdown = st.sampled_from(MARKDOWN) | st.text(max_size=20).filter(
    lambda t: not any("\ud800" <= c <= "\udfff" for c in t)
)

CODE = (
    "", "x = 1", "jahr: int = 2006", "jahr = 2006  # Jahr", "jahr, vergleichsjahr, daten = 2006, 2005, 'data'",
    "(" * 300, "-" * 5000 + "1", "\x00", "'\\d'",
    "open('x')", "import csv", "%matplotlib inline", "!ls", "if x:", "\ud800", "f'{", "x = '''", "\u202e", "def f(:",
    "jahr: int", "λ = 1", "b.karte('x', id='fig-x')",
)  # fmt: skip
code = st.sampled_from(CODE)

numbers = st.sampled_from([0.0, 1e-12, 0.5, 5.0, 45.0, 1000.0, 5e6, 1e300, -1e300]) | st.floats(-200, 200)
