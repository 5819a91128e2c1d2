"""Contents: what the print template is told of the chapters."""
