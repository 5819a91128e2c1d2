"""Readers of files for offices and maps: documents for Word, workbooks, GeoPackages, tables of open data."""
