"""Two reports beside one another: what differs, and whether a report comes out again to the byte."""
