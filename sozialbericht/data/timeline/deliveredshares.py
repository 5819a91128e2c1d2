"""Deliveredshares: Merkmale that come as a percentage of another one (``anteil_an``), and what counts they stand for.

With enough decimals a share times its whole is a whole number of persons: then the persons are the value, as if they
had been delivered. Where one of a Merkmal's shares does not come out within :data:`NEAR`, it was rounded, and all of
the Merkmal stays *Anteil geliefert*: the share is right, how many persons there are is not known, and chance has no
interval. What a share times its whole gives away is protected like a count (:mod:`sozialbericht.disclosure`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from sozialbericht.data.faultlist import Findings, quoted
from sozialbericht.data.reading.parsing import SHARE, german

COLUMN = "anteil_an"
#: How far from a whole number of persons a share may come out.
NEAR = 0.01


class Counted(NamedTuple):
    """Values and Merkmale after it; a Merkmal that stays a share has the unit SHARE."""

    values: pd.DataFrame
    features: pd.DataFrame


def counted(values: pd.DataFrame, features: pd.DataFrame, findings: Findings) -> Counted:
    """The shares of these values as numbers of persons; notes shares without a whole or above 100."""
    if COLUMN not in features:
        return Counted(values, features)
    values, features = values.copy(), features.copy()
    for name, row in features[features[COLUMN] != ""].iterrows():
        whole = str(row[COLUMN])
        if whole not in features.index or features.at[whole, COLUMN]:
            what = f"{quoted(whole)} ist kein Merkmal, das gezählt geliefert wird."
            findings.add("Anteil ohne Ganzes", row["datei"], what, "Nennen Sie das Merkmal, von dem der Anteil gilt.",
                         row=int(row["zeile"]), column=COLUMN)  # fmt: skip
            continue
        own = values["merkmal"] == name
        total = _whole(values, own, whole)
        share = values.loc[own, "wert"]
        _unfit(values[own], share, total, findings)
        persons = share * total / 100
        if ((persons - persons.round()).abs() <= NEAR).where(persons.notna(), True).all():
            values.loc[own, "wert"] = persons.round()
            continue
        features.at[name, "einheit"] = SHARE
        values.loc[own, "wert"] = persons
    return Counted(values, features)


def _whole(values: pd.DataFrame, own: pd.Series, whole: str) -> pd.Series:
    """The whole of each share, at the same place on the same day."""
    keys = ["raum_id", "stichtag"]
    known = values[values["merkmal"] == whole].drop_duplicates(keys).set_index(keys)["wert"]
    asked = pd.MultiIndex.from_frame(values.loc[own, keys])
    return pd.Series(known.reindex(asked).to_numpy(dtype=float), index=values.index[own])


def _unfit(rows: pd.DataFrame, share: pd.Series, total: pd.Series, findings: Findings) -> None:
    for at in rows.index[(share.notna() & total.isna()).to_numpy()]:
        row = rows.loc[at]
        what = f"Zum Anteil {german(share[at])} % fehlt das Ganze an diesem Stichtag."
        findings.add("Anteil ohne Ganzes", row["datei"], what, "Liefern Sie auch das Merkmal aus „anteil_an“.",
                     row=int(row["zeile"]), column="wert")  # fmt: skip
    for at in rows.index[np.flatnonzero(share.to_numpy() > 100)]:
        row = rows.loc[at]
        findings.add("Anteil über 100", row["datei"], f"{german(share[at])} % sind mehr als das Ganze.",
                     "Ist das ein Anteil? Sonst „anteil_an“ leeren.", row=int(row["zeile"]), column="wert")  # fmt: skip
