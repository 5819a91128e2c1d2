"""From notebooks to the report: execution, checks, stitching, publication."""
