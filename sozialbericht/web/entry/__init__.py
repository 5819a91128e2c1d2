"""How one enters the web report: its start page and its atlas."""
