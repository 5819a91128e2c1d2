"""Disclosure control (*Geheimhaltung*): what is withheld, and the audit that attacks what is published."""
