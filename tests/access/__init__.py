"""Accessible in substance: the web pages before axe-core, the tags of the PDF before a reader of our own."""
