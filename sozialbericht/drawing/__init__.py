"""From protected values to pictures: maps, ranked charts, series."""
