"""Pronouns: the articles, pronouns and endings that German asks for beside a word of some gender."""

from __future__ import annotations

#: Articles, pronouns and endings by gender.
FORMS = {
    "m": {"der": "der", "des": "des", "dem": "dem", "einer": "einer", "im": "im", "zum": "zum", "er": "er"},
    "f": {"der": "die", "des": "der", "dem": "der", "einer": "eine", "im": "in der", "zum": "zur", "er": "e"},
    "n": {"der": "das", "des": "des", "dem": "dem", "einer": "eines", "im": "im", "zum": "zum", "er": "es"},
}
GENDERS = tuple(FORMS)


class Pronouns:
    """Was neben einem Wort steht; ``geschlecht`` ist m, f oder n."""

    geschlecht: str

    @property
    def der(self) -> str:
        """„der“, „die“, „das“."""
        return FORMS[self.geschlecht]["der"]

    @property
    def des(self) -> str:
        """„des“, „der“."""
        return FORMS[self.geschlecht]["des"]

    @property
    def dem(self) -> str:
        """„dem“, „der“."""
        return FORMS[self.geschlecht]["dem"]

    @property
    def ein(self) -> str:
        """„ein“, „eine“."""
        return "eine" if self.geschlecht == "f" else "ein"

    @property
    def einen(self) -> str:
        """„einen“, „eine“, „ein“."""
        return "einen" if self.geschlecht == "m" else self.ein

    @property
    def einem(self) -> str:
        """„einem“, „einer“."""
        return "einer" if self.geschlecht == "f" else "einem"

    @property
    def einer(self) -> str:
        """„einer“, „eine“, „eines“: allein stehend."""
        return FORMS[self.geschlecht]["einer"]

    @property
    def er(self) -> str:
        """„er“, „sie“, „es“."""
        return {"m": "er", "f": "sie", "n": "es"}[self.geschlecht]

    @property
    def ihn(self) -> str:
        """„ihn“, „sie“, „es“."""
        return {"m": "ihn", "f": "sie", "n": "es"}[self.geschlecht]

    @property
    def derselbe(self) -> str:
        """„derselbe“, „dieselbe“, „dasselbe“."""
        return f"{self.der}selbe"

    @property
    def ihm(self) -> str:
        """„ihm“, „ihr“."""
        return "ihr" if self.geschlecht == "f" else "ihm"

    @property
    def jeder(self) -> str:
        """„jeder“, „jede“, „jedes“."""
        return f"jed{FORMS[self.geschlecht]['er']}"

    @property
    def weiterer(self) -> str:
        """Nach „ein“ und „kein“: „weiterer“, „weitere“, „weiteres“."""
        return f"weiter{FORMS[self.geschlecht]['er']}"

    @property
    def anderen(self) -> str:
        """Nach „einen“, „eine“, „ein“: „anderen“, „andere“, „anderes“."""
        return {"m": "anderen", "f": "andere", "n": "anderes"}[self.geschlecht]

    @property
    def dessen(self) -> str:
        """„dessen“, „deren“."""
        return "deren" if self.geschlecht == "f" else "dessen"

    @property
    def kein(self) -> str:
        """„kein“, „keine“."""
        return f"k{self.ein}"

    @property
    def keiner(self) -> str:
        """„keiner“, „keine“, „keines“: allein stehend."""
        return f"k{self.einer}"

    @property
    def keinem(self) -> str:
        """„keinem“, „keiner“."""
        return f"k{self.einem}"

    @property
    def seiner(self) -> str:
        """Wessen Teile: „seiner“, „ihrer“."""
        return "ihrer" if self.geschlecht == "f" else "seiner"

    @property
    def seinen(self) -> str:
        """Wen: „seine“ vor einer Mehrzahl im Dativ: „seinen“, „ihren“."""
        return "ihren" if self.geschlecht == "f" else "seinen"

    @property
    def jeden(self) -> str:
        """„jeden“, „jede“, „jedes“."""
        return "jeden" if self.geschlecht == "m" else self.jeder

    @property
    def jedem(self) -> str:
        """„jedem“, „jeder“."""
        return "jeder" if self.geschlecht == "f" else "jedem"
