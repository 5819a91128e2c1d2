"""Inspection: what is unusual in the data, for the command line: told, drawn as a page, accepted."""

from __future__ import annotations

import argparse
from pathlib import Path

from sozialbericht.cache import checkeddata, reviews
from sozialbericht.cache.runcache import RunCache
from sozialbericht.data.faultlist import Findings, similar
from sozialbericht.faults import Fault, InputError
from sozialbericht.order.project import check_year, default_root, find_data
from sozialbericht.plausibility import ledger, listing
from sozialbericht.plausibility.oddity import Oddity
from sozialbericht.plausibility.review import Review


def options(parser: argparse.ArgumentParser) -> None:
    """The options of ``sozialbericht hinweise``."""
    parser.add_argument("--year", type=int, nargs="+", default=[], metavar="JAHR", help="nur Stände dieser Jahre")
    parser.add_argument("--all", action="store_true", help="auch die angenommenen nennen")
    parser.add_argument("--accept", metavar="SCHLÜSSEL", help="einen Hinweis annehmen: in hinweise.csv eintragen")
    parser.add_argument("--reason", metavar="GRUND", default="", help="warum die Angabe stimmt; steht im Bericht")
    parser.add_argument(
        "--initials", metavar="KÜRZEL", default="", help="wer es geprüft hat; wird nicht veröffentlicht"
    )
    parser.add_argument(
        "--data", type=Path, default=Path("data"), metavar="ORDNER", help="Ordner der Daten (Vorgabe: data)"
    )
    parser.add_argument("-h", "--help", action="help", help="diese Hilfe zeigen")


def inspected(given: argparse.Namespace) -> str:
    """What is unusual in a data folder, as text; the page is written to ``build/hinweise.html``.

    Or, with ``--accept``, what was added to ``hinweise.csv``. Raises :class:`InputError` for faulty data or calls.
    """
    from sozialbericht.rendering.validation import loaded
    from sozialbericht.web.desk import hintpage

    root, folder = default_root(), find_data(given.data).resolve()
    cache = RunCache.of(root)
    data = checkeddata.get(cache, folder) or loaded(folder, cache)
    for year in given.year:
        check_year(year, data.years)
    review = reviews.of(cache, data)
    if given.accept is not None:
        oddity = _wanted(review, given)
        path, row = ledger.accept(data.tables, oddity, given.reason, given.initials)
        return f"In {path} eingetragen:\n  {row}"
    place = Findings(folder).place
    shown = review.of(given.year)
    path = hintpage.write(shown, data.tables, root / "build", place, cache.store)
    return f"{listing.full(shown, place, accepted=given.all)}\n\nAls Seite, nur für Sie: {path}"


def brief(review: Review, folder: Path, years: list[int]) -> str:
    """The most unusual things in a data folder in a few lines, "" where there are none."""
    return listing.brief(review.of(years), Findings(find_data(folder).resolve()).place, years)


def _wanted(review: Review, given: argparse.Namespace) -> Oddity:
    """The oddity that is to be accepted."""
    faults = [
        Fault(option, "Zum Annehmen fehlt die Angabe.", f"{option} {what}")
        for option, what, told in (
            ("--reason", '"warum die Angabe stimmt"', given.reason),
            ("--initials", "KÜRZEL", given.initials),
        )
        if not told.strip()
    ]
    found = {oddity.key: oddity for oddity in review.open}
    if given.accept not in found:
        taken = any(oddity.key == given.accept for oddity, _ in review.accepted)
        what = "ist schon angenommen" if taken else "gibt es nicht"
        faults.append(Fault("--accept", f"Der Hinweis „{given.accept}“ {what}.", similar(given.accept, found)))
    if faults:
        raise InputError(faults)
    return found[given.accept]
