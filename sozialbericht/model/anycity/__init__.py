"""Made data for any city: its areas and catalogue as they are, its totals where they are known, the rest modelled."""
