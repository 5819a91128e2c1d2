"""Maps: areas in classes, types, clusters; the overview, the locator, the legend."""
