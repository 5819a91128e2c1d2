"""Finding: where in the report an area stands, for readers who know its name or that of a part of it."""
