"""Release: a finished report leaves the house, and what it has shown is on record for all later ones."""
