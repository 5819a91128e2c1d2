"""The sheet of an area, two a page: chances before burdens, measures and gaps; its parts serve the profiles, too."""
