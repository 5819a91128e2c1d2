"""Number formats of a workbook: whether a cell shows another number than it holds."""

from __future__ import annotations

import re
from functools import lru_cache

_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_BRACKETS = re.compile(r"\[([^\]]*)\]")
_CURRENCY = re.compile(r"(?i)€|\$|£|eur|euro|dm|chf")


@lru_cache(maxsize=1000)
def falsified(code: str) -> str:
    """How a number format makes the number shown differ from the number stored, in German; "" if it does not.

    >>> falsified("0.0%"), falsified("#,##0.00 €"), falsified('0" *"')
    ('als Prozent', '', 'mit dem Zusatz „*“')
    """
    if code in ("General", "@", "Standard", ""):
        return ""
    words = "".join(a or b for a, b in _QUOTED.findall(code))
    bare = _QUOTED.sub("", code)
    bare = re.sub(r"_.|\*.", "", _BRACKETS.sub("", bare))
    positive = bare.split(";")[0]
    if "%" in bare:
        return "als Prozent"
    if not re.search(r"[0#?]|General|Standard", positive):
        return "so, dass sie nicht zu sehen ist"
    if re.search(r"[0#?],+(?![0#?,])", positive):
        return "in Tausend oder Millionen"
    extra = _CURRENCY.sub("", words).strip(" \u00a0()-–")
    if re.search(r"\w|\*", extra):
        return f"mit dem Zusatz „{extra}“"
    return ""
