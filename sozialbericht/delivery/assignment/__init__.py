"""Assignment (*Zuordnung*): what the columns of an office's table are in the data of the report."""
