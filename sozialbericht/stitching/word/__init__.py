"""The draft for Word: pandoc's writer, a reference document in the report's look, drawings as bitmaps."""
