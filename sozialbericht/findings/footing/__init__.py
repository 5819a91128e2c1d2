"""What an area can build on: one question, answered for every area of a report in one place (`foothold`)."""
