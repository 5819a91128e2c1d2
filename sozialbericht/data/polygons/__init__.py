"""From the files of a geographic information system to polygons that can be those of a city."""
