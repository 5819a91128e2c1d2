"""From the bytes of a file to tables of text: encodings, text tables, workbooks, JSON."""
