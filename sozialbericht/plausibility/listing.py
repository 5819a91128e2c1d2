"""Listing: what is unusual as text for the terminal, by rule, the most unusual first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sozialbericht import numbers
from sozialbericht.plausibility import acceptance, ledger
from sozialbericht.plausibility.acceptance import Acceptance
from sozialbericht.plausibility.oddity import RULES, Oddity
from sozialbericht.plausibility.review import Review
from sozialbericht.plausibility.yardstick import LIMIT

#: So many are printed beside other messages.
MOST = 10
COMMAND = "python -m sozialbericht hinweise"
SCALE = (
    f"Auffälligkeit: wie oft die übliche Streuung in die Abweichung passt; ab {LIMIT:.0f} gibt es einen Hinweis, "
    "bei Zahlen, die ein Tippfehler erklärt, und bei Stichtagen früher."
)


def brief(review: Review, place: Callable[[str], str], years: Iterable[int] = (), most: int = MOST) -> str:
    """The most unusual things in a few lines; nothing where nothing is. ``place`` names a file of the data folder."""
    parts = []
    shown = review.open[:most]
    if shown:
        number = len(review.open)
        head = "Eine Angabe ist ungewöhnlich" if number == 1 else f"{numbers.number(number)} Angaben sind ungewöhnlich"
        parts.append(f"{head}; der Bericht entsteht trotzdem. Prüfen Sie {'sie' if number == 1 else 'jede'} einmal.")
        parts += _groups(shown, place, keys=False)
        asked = "".join(f" {year}" for year in years)
        rest = f"… und {number - most} weitere: " if number > most else "Alle mit Schlüsseln zum Annehmen: "
        parts.append(f"{rest}{COMMAND}{' --year' + asked if asked else ''}")
    parts += [stale(row, place) for row in review.stale]
    return "\n\n".join(parts)


def full(review: Review, place: Callable[[str], str], *, accepted: bool = False) -> str:
    """Everything that is unusual, with the keys and rows that accept it; on demand what was accepted, too."""
    number = len(review.open)
    head = {0: "Nichts Ungewöhnliches.", 1: "Eine Angabe ist ungewöhnlich."}.get(
        number, f"{numbers.number(number)} Angaben sind ungewöhnlich."
    )
    parts = [f"{head} {SCALE}" if number else head]
    parts += _groups(review.open, place, keys=True)
    if review.open:
        parts.append(
            f"Stimmt eine Angabe, nehmen Sie sie an: {COMMAND} --accept SCHLÜSSEL --reason GRUND --initials KÜRZEL\n"
            f"oder schreiben Sie die Zeile mit Grund und Kürzel selbst in {place(acceptance.NAME + '.csv')} "
            f"(Spalten: {'; '.join(acceptance.COLUMNS)})."
        )
    if review.accepted:
        counted = len(review.accepted)
        told = "Ein Hinweis ist angenommen" if counted == 1 else f"{counted} Hinweise sind angenommen"
        parts.append(f"{told}{':' if accepted else ' (zu sehen mit --all).'}")
        if accepted:
            parts += [
                f"  {where(oddity, place)}: {oddity.what}\n    Angenommen ({row.initials}): {row.reason}"
                for oddity, row in review.accepted
            ]
    parts += [stale(row, place) for row in review.stale]
    return "\n\n".join(parts)


def stale(row: Acceptance, place: Callable[[str], str]) -> str:
    """What to do about an acceptance that no oddity belongs to."""
    return (
        f"{place(acceptance.NAME + '.csv')}: Angenommen ist {row.key}, aber diesen Hinweis gibt es nicht (mehr), oder "
        f"der Wert ist ein anderer.\n    → Prüfen Sie den Wert und löschen oder erneuern Sie die Zeile."
    )


def _groups(oddities: Iterable[Oddity], place: Callable[[str], str], *, keys: bool) -> list[str]:
    """The oddities by rule, in the order of the most unusual one of each."""
    groups: dict[str, list[Oddity]] = {}
    for oddity in oddities:
        groups.setdefault(oddity.rule, []).append(oddity)
    return [
        "\n".join([RULES[rule], *(_entry(oddity, place, keys=keys) for oddity in members)])
        for rule, members in groups.items()
    ]


def _entry(oddity: Oddity, place: Callable[[str], str], *, keys: bool) -> str:
    lines = [
        f"  {where(oddity, place)}: {oddity.what} (Auffälligkeit {numbers.number(oddity.unusual, 1)})",
        f"    → {oddity.remedy}",
    ]
    if keys:
        lines += [f"    Schlüssel: {oddity.key}", f"    Zeile: {ledger.line(acceptance.fields(oddity, '…', '…'))}"]
    return "\n".join(lines)


def where(oddity: Oddity, place: Callable[[str], str]) -> str:
    """File and lines of an oddity."""
    where = place(oddity.file)
    if len(oddity.rows) == 1:
        return f"{where}, Zeile {oddity.rows[0]}"
    if len(oddity.rows) > 1:
        return f"{where}, Zeile {oddity.rows[0]} und {len(oddity.rows) - 1} weitere"
    return where
