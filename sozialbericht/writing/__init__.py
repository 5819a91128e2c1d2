"""Writing: blocks, captions, figures, tables and prose – what every subject puts into the report with."""
