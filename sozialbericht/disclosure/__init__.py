"""Disclosure control (*Geheimhaltung*): what must not be seen, and what must not be seen because of that."""
