"""Rules: one module for each kind of what can be unusual; each yields what it finds and how unusual that is."""
